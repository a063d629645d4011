import { IconBan, IconCircleCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Badge } from '../display/badge';

/** May this user sign in? */
export function UserState({ disabled }: { disabled: boolean }) {
  const t = useTranslations('users.state');
  return disabled ? (
    <Badge tone="grey" icon={<IconBan size={14} aria-hidden />}>
      {t('disabled')}
    </Badge>
  ) : (
    <Badge tone="green" icon={<IconCircleCheck size={14} aria-hidden />}>
      {t('enabled')}
    </Badge>
  );
}
