'use client';

import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useFieldArray } from 'react-hook-form';
import { Button } from '@/components/display/button';
import { fieldId } from '@/components/form/field-id';
import { emptyProviderCustomer } from '@/lib/vendors/cloud-cockpit/input';
import classes from '../section.module.css';
import { ProviderCustomer } from './provider-customer';
import type { SectionValues } from './section-values';

/** Where the customer is provisioned: any number of provider instances, none at first. */
export function Providers({ at, timeZone }: { at: string; timeZone: string }) {
  const t = useTranslations('cloud-cockpit');
  const name = `${at}.providerCustomers` as const;
  const { fields, append, remove } = useFieldArray<SectionValues>({ name });
  return (
    <div className={classes.section}>
      <div className={classes.fixed}>
        <span className={classes.label} id={`${fieldId(name)}-label`}>
          {t('groups.providers')}
        </span>
        <span className={classes.hint}>{t('groups.providersHelp')}</span>
      </div>
      {fields.map((row, index) => (
        <ProviderCustomer
          key={row.id}
          connectionId={at}
          timeZone={timeZone}
          at={`${name}.${index}`}
          onRemove={() => remove(index)}
        />
      ))}
      <div>
        <Button
          size="sm"
          id={fieldId(name)}
          icon={<IconPlus size={16} aria-hidden />}
          onClick={() => {
            append(emptyProviderCustomer('', 'Microsoft'), { shouldFocus: false });
            const picker = fieldId(`${name}.${fields.length}.providerInstanceId`);
            requestAnimationFrame(() => document.getElementById(picker)?.focus());
          }}
        >
          {t('actions.addProvider')}
        </Button>
      </div>
    </div>
  );
}
