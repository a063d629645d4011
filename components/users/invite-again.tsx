'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { Moment } from '../display/moment';
import { InvitationMade, type MadeLink } from './invitation-made';
import classes from './users.module.css';

const ConfirmDialog = dynamic(() => import('../form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface Props {
  user: { readonly id: string; readonly name: string };
  /** Until when the last link opens (an ISO instant), null when none does. */
  until: string | null;
  timeZone: string;
  act: (input: { userId: string }) => Promise<ActionResult<MadeLink>>;
}

/** Somebody who was invited and has not set a password: how long their link opens, and another one. */
export function InviteAgain({ user, until, timeZone, act }: Props) {
  const t = useTranslations('users.link');
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);
  const { id: userId, name } = user;
  const close = () => {
    setMade(null);
    router.refresh();
  };
  return (
    <div className={classes.act}>
      <p>
        {t('about', { name })}{' '}
        {until === null ? t('none') : t.rich('until', { at: () => <Moment at={until} timeZone={timeZone} /> })}
      </p>
      <Button onClick={() => setAsking(true)}>{t('again')}</Button>
      {asking && (
        <ConfirmDialog
          title={t('againTitle', { name })}
          confirm={t('again')}
          working={t('againWorking')}
          onClose={() => setAsking(false)}
          act={async () => {
            const result = await act({ userId });
            if (result.ok) setMade(result.value);
            return result;
          }}
        >
          <p>{t('againText')}</p>
        </ConfirmDialog>
      )}
      {made !== null && (
        <Dialog title={t('title', { name })} onClose={close}>
          <InvitationMade name={name} made={made} timeZone={timeZone} onClose={close} />
        </Dialog>
      )}
    </div>
  );
}
