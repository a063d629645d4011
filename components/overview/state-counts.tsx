import { useTranslations } from 'next-intl';
import { StateBadge } from '@/components/display/state-badge';
import { attemptStates } from '@/lib/attempts/attempt';
import type { OnboardingRow } from '@/lib/onboarding/onboarding-row';
import classes from './overview.module.css';

/** How the attempts of an onboarding stand: one badge per state that occurs. */
export function StateCounts({ counts }: { counts: OnboardingRow['counts'] }) {
  const t = useTranslations('overview.onboardings.count');
  return (
    <span className={classes.counts}>
      {attemptStates
        .filter((state) => counts[state] > 0)
        .map((state) => (
          <StateBadge key={state} state={state} label={t(state, { count: counts[state] })} />
        ))}
    </span>
  );
}
