import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';

interface Props {
  missing: 'connection' | 'customer';
  mayManageConnections: boolean;
  mayOnboard: boolean;
}

/** What to do first in a portal where nothing was onboarded yet. */
export function FirstStep({ missing, mayManageConnections, mayOnboard }: Props) {
  const t = useTranslations('overview.start');
  if (missing === 'connection') {
    return (
      <EmptyState
        title={t('connectionTitle')}
        action={
          mayManageConnections ? (
            <ButtonLink href="/connections/new" look="primary">
              {t('connectionAction')}
            </ButtonLink>
          ) : undefined
        }
      >
        {t(mayManageConnections ? 'connectionAdmin' : 'connectionOther')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t(mayOnboard ? 'customerTitle' : 'nothingTitle')}
      action={
        mayOnboard ? (
          <ButtonLink href="/customers/new" look="primary">
            {t('customerAction')}
          </ButtonLink>
        ) : undefined
      }
    >
      {t(mayOnboard ? 'customerText' : 'customerViewer')}
    </EmptyState>
  );
}
