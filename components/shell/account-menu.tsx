'use client';

import { IconChevronDown, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { Role } from '@/lib/auth/permissions';
import { Link } from '../display/link';
import classes from './shell.module.css';

interface Props {
  name: string;
  email: string;
  partnerName: string;
  role: Role;
  /** Help and colours, which the header has no room for on a narrow screen. */
  children: ReactNode;
}

/** Who is signed in, for which partner, as what; own account and the way out. */
export function AccountMenu({ name, email, partnerName, role, children }: Props) {
  const t = useTranslations('shell.account');
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const as = t('roleAt', { role: t(`roles.${role}`), partner: partnerName });

  async function leave() {
    setLeaving(true);
    // Loaded here: no page needs it to be read.
    const { signOut } = await import('next-auth/react');
    await signOut({ callbackUrl: '/sign-in' }).catch(() => setLeaving(false));
  }

  return (
    <>
      <button
        type="button"
        className={classes.account}
        popoverTarget={id}
        aria-expanded={open}
        aria-controls={id}
        title={`${name}, ${as}`}
      >
        <span className="visually-hidden">{t('menu', { name: '' })} </span>
        <span className={classes.who}>
          <span className={classes.name}>{name}</span>
          <span className={classes.as}>{as}</span>
        </span>
        <IconUserCircle size={20} stroke={1.75} aria-hidden className={classes.face} />
        <IconChevronDown size={14} aria-hidden />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={classes.menu}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        <div className={classes.menuHead}>
          <strong>{name}</strong>
          <span>{email}</span>
          <span>{as}</span>
        </div>
        <Link href="/account" className={classes.menuItem} onClick={() => panel.current?.hidePopover()}>
          <IconUserCircle size={18} stroke={1.75} aria-hidden />
          {t('own')}
        </Link>
        <div className={classes.menuTools}>{children}</div>
        <button type="button" className={classes.menuItem} disabled={leaving} onClick={() => void leave()}>
          <IconLogout size={18} stroke={1.75} aria-hidden />
          {leaving ? t('signingOut') : t('signOut')}
        </button>
      </div>
    </>
  );
}
