'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Link } from '../display/link';
import { LinkPending } from '../display/link-pending';
import classes from './shell.module.css';

/** A link of the main navigation that knows whether it is where we are. Icon, word and badge come from the server. */
export function NavigationLink({ href, children }: { href: string; children: ReactNode }) {
  const pathname = usePathname();
  const here = href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link href={href} className={classes.link} aria-current={here ? 'page' : undefined}>
      {children}
      <LinkPending />
    </Link>
  );
}
