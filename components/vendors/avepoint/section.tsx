'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef } from 'react';
import { FormProvider } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type AvepointInput, avepointInputSchema, emptyAvepointInput } from '@/lib/vendors/avepoint/input';
import { type Profile, toProfile } from '@/lib/vendors/avepoint/vocabulary';
import type { Json } from '@/lib/vendors/vendor';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { useSectionForm } from '../use-section-form';
import { WordsField } from '../words-field';
import { AccountFields } from './account-fields';
import { DataCenterField } from './data-center-field';
import { InitialPassword } from './initial-password';
import { ManagementMode } from './management-mode';

/** AvePoint's section of the form: a data centre and a first password have to be given, the rest is there already. */
export function AvepointSection(props: VendorSectionProps) {
  const { connection, facts, countries, initialSecrets, onInitialSecrets } = props;
  const t = useTranslations('avepoint');
  const at = connection.connectionId;
  const profile = toProfile(connection.profile);
  const { form, checkPassword } = useAccountForm(props, profile);
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <div className={classes.fields}>
          <DataCenterField name={`${at}.dataCenter`} />
          <InitialPassword
            name={`${at}.password`}
            value={initialSecrets.password ?? ''}
            onChange={(password) => onInitialSecrets(password === '' ? {} : { password })}
            onLeave={checkPassword}
          />
          <ManagementMode name={`${at}.managementMode`} profile={profile} />
          <WordsField name={`${at}.tags`} label={t('fields.tags.label')} description={t('fields.tags.help')} />
        </div>
        <AccountFields at={at} facts={facts} countries={countries} />
      </div>
    </FormProvider>
  );
}

/** What an earlier state of the section says, as far as it can be read. The draft contract leaves no mode open. */
function toInput(initial: Json, profile: Profile): AvepointInput {
  const parsed = avepointInputSchema.safeParse(initial);
  const input = parsed.success ? parsed.data : emptyAvepointInput;
  return profile === '2025-09' && input.managementMode === '' ? { ...input, managementMode: 'no' } : input;
}

/** The section's form, and the check of the password, which is no field of it: the form does not notice it by itself. */
function useAccountForm(props: VendorSectionProps, profile: Profile) {
  const { connection, answers, initialSecrets } = props;
  const password = `${connection.connectionId}.password`;
  const given = (initialSecrets.password ?? '') !== '';
  const checked = useRef(false);
  const form = useSectionForm(props, {
    toInput: (initial) => toInput(initial, profile),
    // What the vendor said of a password is about the one before, which nobody has kept.
    answers: answers.filter(({ field }) => field !== 'password' || !given),
    onShowErrors: useCallback(() => {
      checked.current = true;
    }, []),
  });
  const { trigger } = form;
  useEffect(() => {
    if (given || checked.current) void trigger(password);
  }, [given, trigger, password]);
  const checkPassword = () => {
    checked.current = true;
    void trigger(password);
  };
  return { form, checkPassword };
}
