'use client';

import { IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button } from '@/components/display/button';
import { fieldId } from '@/components/form/field-id';
import { TextField } from '@/components/form/text-field';
import type { Json } from '@/lib/vendors/vendor';
import { Disclosure } from '../disclosure';
import { LookupField } from '../lookup-field';
import classes from '../section.module.css';
import { Agreement } from './agreement';
import { Margins } from './margins';
import { Acceptance, ProviderData } from './provider-data';

interface Props {
  connectionId: string;
  timeZone: string;
  /** Path of this entry: `<connection id>.providerCustomers.<row>`. */
  at: string;
  onRemove: () => void;
}

/** The customer at one provider instance. Instance and domain are what most need; the rest waits below. */
export function ProviderCustomer({ connectionId, timeZone, at, onRemove }: Props) {
  const t = useTranslations('cloud-cockpit');
  const { setValue } = useFormContext();
  const watched: unknown = useWatch({ name: `${at}.providerName` });
  const providerName =
    typeof watched === 'string' && watched !== '' ? watched : t('fields.providerCustomers.providerName.label');
  return (
    <section className={classes.group} aria-label={providerName} data-fields={fieldId(at)} tabIndex={-1}>
      <div className={classes.groupHead}>
        <h3>{providerName}</h3>
        <Button look="subtle" size="sm" icon={<IconTrash size={16} aria-hidden />} onClick={onRemove}>
          {t('actions.removeProvider', { name: providerName })}
        </Button>
      </div>
      <div className={classes.fields}>
        <LookupField
          name={`${at}.providerInstanceId`}
          connectionId={connectionId}
          timeZone={timeZone}
          lookup="provider-instances"
          label={t('fields.providerCustomers.providerInstanceId.label')}
          onPick={(option) => {
            const name = providerNameOf(option.data);
            if (name !== null) setValue(`${at}.providerName`, name, { shouldDirty: true });
          }}
          required
        />
        <TextField
          name={`${at}.data.domain`}
          label={t('fields.providerCustomers.data.domain.label')}
          placeholder="zeusandsons"
        />
        <Acceptance at={at} />
      </div>
      <div>
        <Disclosure title={t('groups.data')}>
          <ProviderData at={at} />
        </Disclosure>
        <Disclosure title={t('groups.margins')}>
          <Margins at={at} />
        </Disclosure>
        <Disclosure title={t('groups.agreement')}>
          <Agreement at={at} />
        </Disclosure>
      </div>
    </section>
  );
}

function providerNameOf(data: Json | undefined): string | null {
  if (typeof data !== 'object' || data === null || !('providerName' in data)) return null;
  return typeof data.providerName === 'string' ? data.providerName : null;
}
