'use client';

import { IconRefresh } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/display/button-link';
import { StateBadge } from '@/components/display/state-badge';
import type { OnboardingRecord } from '@/lib/onboarding/record-view';
import classes from './record.module.css';
import { toRetryTogether } from './retry-together';

const order = ['succeeded', 'unknown', 'refused', 'sent', 'pending', 'waiting'] as const;

/** How many attempts ended how, in words; several refusals that can be tried again are offered as one form. */
export function RecordCounts({ record }: { record: OnboardingRecord }) {
  const t = useTranslations('onboarding.record');
  const { counts } = record;
  const together = toRetryTogether(record.attempts);
  return (
    <div className={classes.countsLine}>
      <ul className={classes.counts}>
        {order
          .filter((state) => counts[state] > 0)
          .map((state) => (
            <li key={state}>
              <StateBadge state={state} label={t(`count.${state}`, { count: counts[state] })} />
            </li>
          ))}
      </ul>
      {together !== null && (
        <ButtonLink size="sm" href={together.href} icon={<IconRefresh size={16} aria-hidden />}>
          {t('retryTogether', { count: together.attempts.length })}
          <span className="visually-hidden">
            {together.attempts.map(({ connectionName }) => ` · ${connectionName}`).join('')}
          </span>
        </ButtonLink>
      )}
    </div>
  );
}
