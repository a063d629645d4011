'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { notify } from '../display/notify';
import classes from './users.module.css';

const ConfirmDialog = dynamic(() => import('../form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});
const ResetPasswordDialog = dynamic(
  () => import('./reset-password-dialog').then((module) => module.ResetPasswordDialog),
  {
    ssr: false,
  },
);

interface Props {
  user: { readonly id: string; readonly name: string; readonly disabled: boolean };
  /** The partner that would lose its last admin; disabling waits for another one. */
  lastAdminOf: string | null;
  disable: (input: { userId: string }) => Promise<ActionResult<null>>;
  enable: (input: { userId: string }) => Promise<ActionResult<null>>;
  reset: (input: { userId: string; password: string | null }) => Promise<ActionResult<{ password: string | null }>>;
}

/** What an admin can do with a user's access, each with what it does. */
export function UserActs({ user, lastAdminOf, disable, enable, reset }: Props) {
  const t = useTranslations('users');
  const router = useRouter();
  const [open, setOpen] = useState<'state' | 'reset' | null>(null);
  const { id: userId, name } = user;
  const change = user.disabled ? ('enable' as const) : ('disable' as const);
  const hindrance = !user.disabled && lastAdminOf !== null ? t('lastAdmin', { name, partner: lastAdminOf }) : null;

  async function act() {
    const result = await (user.disabled ? enable : disable)({ userId });
    if (result.ok) {
      notify({ kind: 'success', title: t(`${change}.done`, { name }) });
      router.refresh();
    }
    return result;
  }

  return (
    <div className={classes.acts}>
      <div className={classes.act}>
        <p>{t('reset.about')}</p>
        <Button onClick={() => setOpen('reset')}>{t('reset.button')}</Button>
      </div>
      <div className={classes.act}>
        <p id="change-of-state">{hindrance ?? t(`${change}.about`)}</p>
        <Button
          look={user.disabled || hindrance !== null ? 'default' : 'danger'}
          aria-disabled={hindrance !== null || undefined}
          aria-describedby="change-of-state"
          onClick={() => hindrance === null && setOpen('state')}
        >
          {t(`${change}.button`, { name })}
        </Button>
      </div>
      {open === 'state' && (
        <ConfirmDialog
          title={t(`${change}.title`, { name })}
          confirm={t(`${change}.button`, { name })}
          working={t(`${change}.working`)}
          look={user.disabled ? 'primary' : 'danger'}
          onClose={() => setOpen(null)}
          act={act}
        >
          <p>{t(`${change}.text`, { name })}</p>
        </ConfirmDialog>
      )}
      {open === 'reset' && (
        <ResetPasswordDialog
          name={name}
          onClose={() => {
            setOpen(null);
            router.refresh();
          }}
          act={(password) => reset({ userId, password })}
        />
      )}
    </div>
  );
}
