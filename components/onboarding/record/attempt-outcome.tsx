'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { StateBadge } from '@/components/display/state-badge';
import type { AttemptView } from '@/lib/onboarding/record-view';
import classes from './timeline.module.css';

/** How an attempt stands, in a badge and few words; the whole sentence is in its detail. */
export function AttemptOutcome({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('onboarding.record');
  return (
    <>
      <StateBadge state={attempt.state} />
      <span className={classes.result}>
        {attempt.contradicted ? t('short.contradicted') : shortOf(attempt, t)}
        {attempt.vendorId !== null && attempt.state === 'succeeded' && (
          <>
            {' '}
            <CopyableId id={attempt.vendorId} label={t('ids.vendorId')} />
          </>
        )}
      </span>
    </>
  );
}

const shortYes = {
  'create-customer': 'created',
  'adopt-customer': 'adopted',
  'add-service': 'added',
  'add-partner': 'added',
} as const satisfies Record<AttemptView['operation'], string>;

function shortOf(attempt: AttemptView, t: ReturnType<typeof useTranslations<'onboarding.record'>>): string {
  switch (attempt.state) {
    case 'waiting':
      return t('short.waiting');
    case 'pending':
      return t('short.pending');
    case 'sent':
      return t('short.sent');
    case 'unknown':
      return t('short.unknown');
    case 'succeeded':
      if (attempt.remark !== null) return t('short.createdBut');
      return t(`short.${shortYes[attempt.operation]}`);
    case 'refused':
      if (attempt.settlement !== null) return t(`short.settled.${attempt.settlement.how}`);
      if (attempt.reason === 'customer-refused') return t('short.customerRefused');
      if (attempt.reason === 'never-sent') return t('short.neverSent');
      return attempt.problem === null ? t('short.refused') : t(`shortKind.${attempt.problem.kind}`);
    default: {
      const never: never = attempt.state;
      return never;
    }
  }
}
