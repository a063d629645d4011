import { useTranslations } from 'next-intl';
import type { ConnectionRecord } from '@/lib/connections/connection-view';
import { Moment } from '../display/moment';
import { Notice } from '../display/notice';
import classes from './connections.module.css';

/** Why a connection cannot be used now, since when, and who can do what about it. */
export function ConnectionNotices({ connection, timeZone }: { connection: ConnectionRecord; timeZone: string }) {
  const t = useTranslations('connections.notice');
  const { brokenAt, disabledAt, restingUntil, may, ownerName: owner } = connection;
  if (brokenAt === null && disabledAt === null && restingUntil === null) return null;
  const since = (at: string) => t.rich('since', { at: () => <Moment at={at} timeZone={timeZone} style="exact" /> });
  const who = may.manage ? 'manage' : may.test ? 'test' : 'read';
  return (
    <div className={classes.notices}>
      {disabledAt !== null && (
        <Notice kind="warning" title={t('disabled.title')}>
          {t('disabled.text', { owner })} {since(disabledAt)}
        </Notice>
      )}
      {restingUntil !== null && brokenAt === null && (
        <Notice kind="warning" title={t('resting.title')}>
          {t.rich('resting.text', { until: () => <Moment at={restingUntil} timeZone={timeZone} style="exact" /> })}
        </Notice>
      )}
      {brokenAt !== null && (
        <Notice kind="error" title={t('broken.title')}>
          {t(`broken.${who}`, { owner })} {since(brokenAt)}
        </Notice>
      )}
    </div>
  );
}
