import {
  IconAlertCircle,
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconTestPipe,
} from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ConnectionState as State } from '@/lib/connections/connection-view';
import { Badge, type Tone } from '../display/badge';

const looks: Readonly<Record<State, { tone: Tone; icon: ReactNode }>> = {
  ready: { tone: 'green', icon: <IconCircleCheck size={14} aria-hidden /> },
  untested: { tone: 'grey', icon: <IconCircleDashed size={14} aria-hidden /> },
  failing: { tone: 'amber', icon: <IconAlertCircle size={14} aria-hidden /> },
  broken: { tone: 'red', icon: <IconAlertTriangle size={14} aria-hidden /> },
  disabled: { tone: 'grey', icon: <IconBan size={14} aria-hidden /> },
};

/** Can this connection be used? */
export function ConnectionState({ state }: { state: State }) {
  const t = useTranslations('connections.state');
  const { tone, icon } = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {t(state)}
    </Badge>
  );
}

/** Practice: nothing sent over this connection reaches a vendor. */
export function SandboxBadge() {
  const t = useTranslations('connections');
  return (
    <Badge tone="amber" icon={<IconTestPipe size={14} aria-hidden />}>
      {t('sandbox')}
    </Badge>
  );
}
