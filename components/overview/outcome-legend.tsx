import { IconCheck, IconCircle, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type OnboardingOutcome, onboardingOutcomes } from '@/lib/overview/overview';
import classes from './overview.module.css';

const icons: Readonly<Record<OnboardingOutcome, ReactNode>> = {
  succeeded: <IconCheck size={14} stroke={2.5} aria-hidden />,
  sent: <IconCircle size={14} aria-hidden />,
  refused: <IconX size={14} stroke={2.5} aria-hidden />,
  unknown: <IconQuestionMark size={14} stroke={2.5} aria-hidden />,
};

/** What the colours of the plot mean: the same icons and words as everywhere. */
export function OutcomeLegend() {
  const t = useTranslations('overview.today.outcome');
  return (
    <ul className={classes.legend} aria-hidden>
      {onboardingOutcomes.map((outcome) => (
        <li key={outcome} className={classes.meaning}>
          <span className={`${classes.swatch} ${classes.part}`} data-outcome={outcome} />
          {icons[outcome]}
          {t(outcome)}
        </li>
      ))}
    </ul>
  );
}
