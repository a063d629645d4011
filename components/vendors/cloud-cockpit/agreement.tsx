'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { CopyableId } from '@/components/display/copyable-id';
import { CheckboxField } from '@/components/form/checkbox-field';
import { DateField } from '@/components/form/date-field';
import { TextField } from '@/components/form/text-field';
import { agreementStatuses } from '@/lib/vendors/cloud-cockpit/vocabulary';
import { NativeSelectField } from '../native-select-field';
import classes from '../section.module.css';

/** The seven keys of the agreement's record; nothing of it is sent unless somebody asks for it. */
export function Agreement({ at }: { at: string }) {
  const t = useTranslations('cloud-cockpit.fields.providerCustomers.agreement');
  const statuses = useTranslations('cloud-cockpit.agreementStatus');
  const path = `${at}.agreement`;
  const send: unknown = useWatch({ name: `${path}.send` });
  const instance: unknown = useWatch({ name: `${at}.providerInstanceId` });
  return (
    <>
      <CheckboxField name={`${path}.send`} label={t('send.label')} description={t('send.help')} />
      {send === true && (
        <div className={classes.fields}>
          <TextField
            name={`${path}.customerId`}
            label={t('customerId.label')}
            description={t('customerId.help')}
            mono
          />
          <div className={classes.fixed}>
            <span className={classes.label}>{t('providerInstanceId.label')}</span>
            <span className={classes.hint}>{t('providerInstanceId.help')}</span>
            {typeof instance === 'string' && instance !== '' && (
              <CopyableId id={instance} label={t('providerInstanceId.label')} />
            )}
          </div>
          <NativeSelectField
            name={`${path}.status`}
            label={t('status.label')}
            options={agreementStatuses.map((status) => ({ value: status, label: statuses(status) }))}
            required
          />
          <TextField
            name={`${path}.attestationId`}
            label={t('attestationId.label')}
            description={t('attestationId.help')}
            mono
          />
          <DateField name={`${path}.dateAgreed`} label={t('dateAgreed.label')} />
          <DateField name={`${path}.lastUpdate`} label={t('lastUpdate.label')} />
          <div data-wide className={classes.fixed}>
            <span className={classes.label}>{t('signatory.label')}</span>
            <span className={classes.hint}>{t('signatory.help')}</span>
          </div>
          <TextField name={`${path}.signatory.firstName`} label={t('signatory.firstName.label')} />
          <TextField name={`${path}.signatory.lastName`} label={t('signatory.lastName.label')} />
          <TextField name={`${path}.signatory.email`} type="email" label={t('signatory.email.label')} />
          <TextField name={`${path}.signatory.phone`} type="tel" label={t('signatory.phone.label')} />
        </div>
      )}
    </>
  );
}
