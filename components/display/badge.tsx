import type { ReactNode } from 'react';
import classes from './badge.module.css';

export type Tone = 'green' | 'red' | 'amber' | 'blue' | 'grey' | 'teal' | 'indigo';

/** Icon and word in a colour. For outcomes and verdicts take StateBadge and VerdictBadge: the same everywhere. */
export function Badge({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`${classes.badge} ${classes[tone]}`}>
      {icon}
      {children}
    </span>
  );
}
