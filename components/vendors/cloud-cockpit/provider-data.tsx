'use client';

import { useTranslations } from 'next-intl';
import { useController, useWatch } from 'react-hook-form';
import { CheckboxField } from '@/components/form/checkbox-field';
import { DateField } from '@/components/form/date-field';
import { fieldId } from '@/components/form/field-id';
import { PlainField } from '@/components/form/plain-field';
import { TextField } from '@/components/form/text-field';
import classes from '../section.module.css';

/** A person attests for the customer that the agreement was accepted, and when. Never ticked for anybody. */
export function Acceptance({ at }: { at: string }) {
  const t = useTranslations('cloud-cockpit.fields.providerCustomers.data');
  const accepted: unknown = useWatch({ name: `${at}.data.acceptedMca` });
  const date: unknown = useWatch({ name: `${at}.data.agreementDate` });
  return (
    <>
      <div data-wide>
        <CheckboxField
          name={`${at}.data.acceptedMca`}
          label={t('acceptedMca.label')}
          description={t('acceptedMca.help')}
        />
      </div>
      {(accepted === true || (typeof date === 'string' && date !== '')) && (
        <DateField name={`${at}.data.agreementDate`} label={t('agreementDate.label')} />
      )}
    </>
  );
}

const texts = [
  ['credentialsEmail', 'email'],
  ['firstName', 'text'],
  ['lastName', 'text'],
  ['email', 'email'],
  ['phone', 'tel'],
  ['defaultCulture', 'text'],
  ['language', 'text'],
  ['associatedPartnerId', 'text'],
] as const;

/** The rest of what the provider is told about the customer. */
export function ProviderData({ at }: { at: string }) {
  const t = useTranslations('cloud-cockpit.fields.providerCustomers');
  return (
    <div className={classes.fields}>
      <TextField
        name={`${at}.providerCustomerId`}
        label={t('providerCustomerId.label')}
        description={t('providerCustomerId.help')}
        mono
      />
      <TextField
        name={`${at}.providerName`}
        label={t('providerName.label')}
        description={t('providerName.help')}
        required
      />
      {texts.map(([field, type]) => (
        <TextField
          key={field}
          name={`${at}.data.${field}`}
          type={type}
          label={t(`data.${field}.label`)}
          description={t(`data.${field}.help`)}
        />
      ))}
      <Qualifications name={`${at}.data.qualifications`} />
      <div data-wide>
        <CheckboxField
          name={`${at}.data.keepPrimaryInformation`}
          label={t('data.keepPrimaryInformation.label')}
          description={t('data.keepPrimaryInformation.help')}
        />
      </div>
      <div data-wide>
        <CheckboxField
          name={`${at}.data.enableGdap`}
          label={t('data.enableGdap.label')}
          description={t('data.enableGdap.help')}
        />
      </div>
    </div>
  );
}

/** A list of words in one line, parted by commas. */
function Qualifications({ name }: { name: string }) {
  const t = useTranslations('cloud-cockpit.fields.providerCustomers.data.qualifications');
  const words = useTranslations('onboarding.derived');
  const { field, fieldState } = useController({ name });
  const value: unknown = field.value;
  return (
    <PlainField
      id={fieldId(name)}
      label={t('label')}
      description={`${t('help')} ${words('commas')}`}
      defaultValue={Array.isArray(value) ? value.join(', ') : ''}
      error={fieldState.error?.message}
      onBlur={field.onBlur}
      onChange={(event) =>
        field.onChange(
          event.currentTarget.value
            .split(',')
            .map((one) => one.trim())
            .filter((one) => one !== ''),
        )
      }
      autoComplete="off"
    />
  );
}
