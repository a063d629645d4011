'use client';

import { useTranslations } from 'next-intl';
import { StateBadge } from '@/components/display/state-badge';
import type { OnboardingRecord } from '@/lib/onboarding/record-view';
import classes from './record.module.css';

const order = ['succeeded', 'unknown', 'refused', 'sent', 'pending'] as const;

/** How many attempts ended how, in words; what there is none of is left out. */
export function RecordCounts({ counts }: { counts: OnboardingRecord['counts'] }) {
  const t = useTranslations('onboarding.record');
  return (
    <ul className={classes.counts}>
      {order
        .filter((state) => counts[state] > 0)
        .map((state) => (
          <li key={state}>
            <StateBadge state={state} label={t(`count.${state}`, { count: counts[state] })} />
          </li>
        ))}
    </ul>
  );
}
