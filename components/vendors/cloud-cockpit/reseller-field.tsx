'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import type { FormConnection } from '@/lib/onboarding/form-start';
import { LookupField } from '../lookup-field';
import classes from '../section.module.css';

interface Props {
  at: string;
  connection: FormConnection;
  timeZone: string;
}

/** The reseller that the customer will belong to: fixed by the mapping, or picked by the connection's owner. */
export function ResellerField({ at, connection, timeZone }: Props) {
  const t = useTranslations('cloud-cockpit');
  if (connection.mappingId !== null) {
    return (
      <div className={classes.fixed}>
        <span className={classes.label}>{t('fields.resellerId.label')}</span>
        <span>
          {t('derived.mapping', { name: connection.mappingName ?? connection.mappingId })}{' '}
          <CopyableId id={connection.mappingId} label={t('mapping.label')} />
        </span>
      </div>
    );
  }
  return (
    <div>
      <LookupField
        name={`${at}.resellerId`}
        connectionId={at}
        timeZone={timeZone}
        lookup="resellers"
        label={t('fields.resellerId.label')}
        placeholder={t('derived.direct')}
        description={t('fields.resellerId.help')}
      />
    </div>
  );
}
