import type { ReactNode } from 'react';
import { type ButtonLook, type ButtonSize, buttonStyle } from './button-style';
import { Link } from './link';

interface Props {
  href: string;
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: ReactNode;
  children: ReactNode;
}

/** A link that looks like a button: for going somewhere ("New customer"), never for acting. */
export function ButtonLink({ href, look = 'default', size = 'md', icon, children }: Props) {
  return (
    <Link href={href} className={buttonStyle(look, size)}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}
