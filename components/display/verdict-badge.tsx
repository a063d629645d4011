import { IconBan, IconLink, IconPlayerSkipForward, IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge, type Tone } from './badge';

export type Verdict = 'create' | 'adopt' | 'skip' | 'blocked';

const looks: Readonly<Record<Verdict, { tone: Tone; icon: ReactNode }>> = {
  create: { tone: 'indigo', icon: <IconPlus size={14} stroke={2.5} aria-hidden /> },
  adopt: { tone: 'teal', icon: <IconLink size={14} aria-hidden /> },
  skip: { tone: 'grey', icon: <IconPlayerSkipForward size={14} aria-hidden /> },
  blocked: { tone: 'red', icon: <IconBan size={14} aria-hidden /> },
};

/** What a plan would do at one connection. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const t = useTranslations('display.verdict');
  const { tone, icon } = looks[verdict];
  return (
    <Badge tone={tone} icon={icon}>
      {t(verdict)}
    </Badge>
  );
}
