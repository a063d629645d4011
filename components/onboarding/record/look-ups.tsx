'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { Moment } from '@/components/display/moment';
import type { AttemptView, LookUpsView } from '@/lib/onboarding/record-view';
import { useVendorName } from '../vendor-words';
import classes from './record.module.css';
import { SeenServices } from './seen-services';

interface Props {
  attempt: Pick<AttemptView, 'vendor' | 'operation' | 'service' | 'state' | 'lookUps'>;
  timeZone: string;
}

/** What Quayside has looked up by itself about an unknown attempt, and when it looks again or leaves it to a person. */
export function LookUps({ attempt, timeZone }: Props) {
  const t = useTranslations('onboarding.record.lookUps');
  const match = useTranslations('onboarding.plan.match');
  const vendor = useVendorName()(attempt.vendor);
  const { lookUps } = attempt;
  if (lookUps === null || attempt.state !== 'unknown') return null;
  const { done, lastAt, nextAt, late, candidates, seen } = lookUps;
  const operation = attempt.operation === 'add-partner' ? 'partner' : 'customer';
  const thing = attempt.operation === 'add-service' ? (attempt.service ?? t('service')) : t('thing', { operation });
  const moment = (at: string) => () => <Moment at={at} timeZone={timeZone} />;
  return (
    <div className={classes.meaning}>
      {lastAt !== null && (
        <p>{t.rich('done', { count: done, vendor, thing, answer: answerOf(lookUps), moment: moment(lastAt) })}</p>
      )}
      {seen !== null && (
        <>
          <SeenServices there={seen.there} />
          <p>{t('noProof', { vendor })}</p>
        </>
      )}
      {candidates !== null && candidates.length > 0 && (
        <>
          <p>{t('candidates', { operation, count: candidates.length })}</p>
          <ul className={classes.found}>
            {candidates.map((one) => (
              <li key={one.vendorId}>
                <CopyableId id={one.vendorId} label={t('vendorId')} /> {match(one.match)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.next}>
        {nextAt === null
          ? t('over')
          : late
            ? t('late', { vendor })
            : t.rich('next', { count: done, vendor, moment: moment(nextAt) })}
      </p>
    </div>
  );
}

/** The word for what the last look-up came to; keys of messages have no hyphens. */
function answerOf({ lastAnswer, byKey, seen }: LookUpsView): string {
  if (seen !== null) return seenAs(seen);
  if (lastAnswer !== 'not-found') return lastAnswer ?? 'failed';
  return byKey ? 'notFound' : 'noSlot';
}

function seenAs({ there, before }: NonNullable<LookUpsView['seen']>): string {
  if (there.length === 0) return 'serviceNone';
  if (before === null) return 'serviceUnread';
  if (there.length <= before) return 'serviceSame';
  return before === 0 ? 'serviceNew' : 'serviceMore';
}
