import { IconCheck, IconCircle, IconHourglass, IconLoader2, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge, type Tone } from './badge';
import classes from './badge.module.css';

export type AttemptState = 'waiting' | 'pending' | 'sent' | 'succeeded' | 'refused' | 'unknown';

const looks: Readonly<Record<AttemptState, { tone: Tone; icon: ReactNode }>> = {
  waiting: { tone: 'grey', icon: <IconHourglass size={14} aria-hidden /> },
  pending: { tone: 'grey', icon: <IconCircle size={14} aria-hidden /> },
  sent: { tone: 'blue', icon: <IconLoader2 size={14} aria-hidden className={classes.moving} /> },
  succeeded: { tone: 'green', icon: <IconCheck size={14} stroke={2.5} aria-hidden /> },
  refused: { tone: 'red', icon: <IconX size={14} stroke={2.5} aria-hidden /> },
  unknown: { tone: 'amber', icon: <IconQuestionMark size={14} stroke={2.5} aria-hidden /> },
};

/** State of an attempt. `label` replaces the word where the place says more ("2 succeeded"); it must keep the meaning. */
export function StateBadge({ state, label }: { state: AttemptState; label?: string }) {
  const t = useTranslations('display.state');
  const { tone, icon } = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {label ?? t(state)}
    </Badge>
  );
}
