import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/display/button-link';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import { StateBadge } from '@/components/display/state-badge';
import { attemptHref } from '@/lib/attempts/attempt-href';
import type { BrokenConnection, NeedingAttempt } from '@/lib/overview/overview';
import { BrokenItem } from './broken-item';
import classes from './overview.module.css';

interface Props {
  attempts: readonly NeedingAttempt[];
  connections: readonly BrokenConnection[];
  /** The actor's IANA zone. */
  timeZone: string;
}

/** What waits for a person, oldest first, each with what to do next. */
export function NeedingList({ attempts, connections, timeZone }: Props) {
  const t = useTranslations('overview.needing');
  if (attempts.length === 0 && connections.length === 0) return <p className={classes.calm}>{t('none')}</p>;
  return (
    <ul className={classes.needing}>
      {connections.map((connection) => (
        <BrokenItem key={connection.connectionId} connection={connection} timeZone={timeZone} />
      ))}
      {attempts.map((attempt) => (
        <NeedingItem key={attempt.id} attempt={attempt} timeZone={timeZone} />
      ))}
    </ul>
  );
}

function NeedingItem({ attempt, timeZone }: { attempt: NeedingAttempt; timeZone: string }) {
  const t = useTranslations('overview.needing');
  const reason = useTranslations('attempts.reason');
  const vendorName = useTranslations('onboarding.vendor');
  const vendor = vendorName(attempt.vendor);
  const record = attemptHref({ correlationId: attempt.correlationId, attemptId: attempt.id });
  const mends = attempt.nextStep === 'mend-connection' && attempt.mayMend;
  const why = attempt.contradicted ? t('contradicted') : attempt.reason === null ? null : reason(attempt.reason);
  return (
    <li>
      <div className={classes.badge}>
        <StateBadge state={attempt.state} />
      </div>
      <div className={classes.what}>
        <Link href={record} className={classes.subject}>
          <bdi>{t('at', { customer: attempt.customerName, connection: attempt.connectionName })}</bdi>
        </Link>
        <span className={classes.why}>
          {[vendor, ...(why === null ? [] : [why])].join(' · ')} · <Moment at={attempt.openedAt} timeZone={timeZone} />
        </span>
      </div>
      <ButtonLink size="sm" href={mends ? `/connections/${attempt.connectionId}` : record}>
        {mends ? t('mend') : attempt.mayAct ? t(`step.${attempt.nextStep}`, { vendor }) : t('step.mend-connection')}
      </ButtonLink>
    </li>
  );
}
