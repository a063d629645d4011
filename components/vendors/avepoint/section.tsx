'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type AvepointInput, avepointInputSchema, emptyAvepointInput } from '@/lib/vendors/avepoint/input';
import { type Profile, toProfile } from '@/lib/vendors/avepoint/vocabulary';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from '../fields-resolver';
import { openInvalid } from '../open-invalid';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { WordsField } from '../words-field';
import { AccountFields } from './account-fields';
import { DataCenterField } from './data-center-field';
import { InitialPassword } from './initial-password';
import { ManagementMode } from './management-mode';
import type { SectionValues } from './section-values';

/** AvePoint's section of the form: a data centre and a first password have to be given, the rest is there already. */
export function AvepointSection(props: VendorSectionProps) {
  const { connection, facts, countries, initialSecrets, onInitialSecrets } = props;
  const t = useTranslations('avepoint');
  const at = connection.connectionId;
  const profile = toProfile(connection.profile);
  const { form, checkPassword } = useSectionForm(props, profile);
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

function useSectionForm(props: VendorSectionProps, profile: Profile) {
  const { connection, initial, answers, initialSecrets, lint, findingWords, onChange, onReady } = props;
  const at = connection.connectionId;
  const password = initialSecrets.password ?? '';
  const [first] = useState(() => toInput(initial, profile));
  const form = useForm<SectionValues>({
    mode: 'onTouched',
    defaultValues: { [at]: first },
    resolver: fieldsResolver((values: SectionValues) => ({
      // What the vendor said of a password is about the one before, which nobody has kept.
      ...answeredFields(
        at,
        answers.filter(({ field }) => field !== 'password' || password === ''),
        { first: { [at]: first }, values },
      ),
      ...errorFields(at, lint(values[at] ?? emptyAvepointInput), findingWords),
    })),
  });
  const { subscribe, trigger, getValues } = form;

  // What an old draft says and this form leaves out is gone for the rest of the page, too.
  useEffect(() => onChange(first), [onChange, first]);
  useEffect(
    // A copy: the form library writes into its own object, and what compares would see no difference.
    () => subscribe({ formState: { values: true }, callback: () => onChange(structuredClone(getValues(at))) }),
    [subscribe, getValues, onChange, at],
  );
  const checked = useRef(false);
  // The password is no field of the form, so the form does not notice by itself that one came or went.
  const checkPassword = () => {
    checked.current = true;
    void trigger(`${at}.password`);
  };
  const given = password !== '';
  useEffect(() => {
    if (given || checked.current) void trigger(`${at}.password`);
  }, [given, trigger, at]);
  useEffect(() => {
    const showErrors = () => {
      checked.current = true;
      void trigger().then(() => openInvalid(document.querySelector(`[data-fields="${fieldId(at)}"]`)));
    };
    onReady({ showErrors });
    if (answers.length > 0) showErrors();
    return () => onReady(null);
  }, [onReady, trigger, answers, at]);
  return { form, checkPassword };
}
