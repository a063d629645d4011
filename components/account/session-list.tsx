'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Device } from '@/lib/account/device';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Badge } from '../display/badge';
import { Moment } from '../display/moment';
import { notify } from '../display/notify';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { DataTable } from '../table/data-table';
import classes from './account.module.css';

interface Session {
  readonly id: string;
  readonly device: Device;
  readonly address: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}

interface Props {
  sessions: readonly Session[];
  timeZone: string;
  act: (input: { which: string }) => Promise<ActionResult<{ ended: number }>>;
}

/** The own sessions that are still good, each with a way to end it. */
export function SessionList({ sessions, timeZone, act }: Props) {
  const t = useTranslations('account');
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function end(which: string) {
    if (busy !== null) return;
    setBusy(which);
    setFailure(null);
    const result = await act({ which }).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    setBusy(null);
    if (!result.ok) {
      setFailure(result);
      return;
    }
    const title =
      which === 'others' ? t('sessions.endedOthers', { count: result.value.ended }) : t('sessions.endedOne');
    notify({ kind: 'success', title });
    router.refresh();
  }

  const nameOf = ({ browser, system }: Device) =>
    t('sessions.deviceName', { browser: t(`browser.${browser}`), system: t(`system.${system}`) });

  const rows = sessions.map((session) => ({
    id: session.id,
    cells: {
      device: (
        <span className={classes.device}>
          {nameOf(session.device)}
          {session.current && <Badge tone="indigo">{t('sessions.current')}</Badge>}
        </span>
      ),
      address: session.address,
      started: <Moment at={session.startedAt} timeZone={timeZone} />,
      lastSeen: <Moment at={session.lastSeenAt} timeZone={timeZone} />,
      action: session.current ? (
        <span className={classes.quiet}>{t('sessions.signOutInstead')}</span>
      ) : (
        <BusyButton
          size="sm"
          busy={busy === session.id}
          working={t('sessions.ending')}
          aria-label={t('sessions.endLabel', { device: nameOf(session.device), address: session.address })}
          onClick={() => void end(session.id)}
        >
          {t('sessions.end')}
        </BusyButton>
      ),
    },
  }));

  return (
    <div className={classes.sessions}>
      <FormError result={failure} />
      <DataTable
        caption={t('sessions.caption')}
        columns={[
          { key: 'device', header: t('sessions.device') },
          { key: 'address', header: t('sessions.address'), mono: true },
          { key: 'started', header: t('sessions.started'), nowrap: true },
          { key: 'lastSeen', header: t('sessions.lastSeen'), nowrap: true },
          { key: 'action', header: t('sessions.action'), align: 'right', nowrap: true },
        ]}
        rows={rows}
      />
      {sessions.length > 1 && (
        <div className={classes.buttons}>
          <BusyButton busy={busy === 'others'} working={t('sessions.ending')} onClick={() => void end('others')}>
            {t('sessions.endOthers')}
          </BusyButton>
        </div>
      )}
    </div>
  );
}
