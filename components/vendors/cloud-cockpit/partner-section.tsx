'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { TextField } from '@/components/form/text-field';
import {
  emptyResellerInput,
  type ResellerInput,
  resellerInputSchema,
} from '@/lib/vendors/cloud-cockpit/resellers/input';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from '../fields-resolver';
import type { PartnerSectionProps } from '../partner-sections';
import classes from '../section.module.css';

type Values = Readonly<Record<string, ResellerInput>>;

function toInput(initial: Json): ResellerInput {
  const parsed = resellerInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyResellerInput;
}

/** Cloud Cockpit's section about a reseller: its identifiers. Company and contact are the shared facts. */
export function CloudCockpitPartnerSection(props: PartnerSectionProps) {
  const { connection, initial, answers, lint, findingWords, onChange, onReady } = props;
  const t = useTranslations('cloud-cockpit.fields');
  const words = useTranslations('onboarding.derived');
  const at = connection.connectionId;
  const [first] = useState(() => toInput(initial));
  const form = useForm<Values>({
    mode: 'onTouched',
    defaultValues: { [at]: first },
    resolver: fieldsResolver((values: Values) => ({
      ...answeredFields(at, answers, { first: { [at]: first }, values }),
      ...errorFields(at, lint(values[at] ?? emptyResellerInput), findingWords),
    })),
  });
  const { subscribe, trigger, getValues } = form;
  useEffect(() => onChange(first), [onChange, first]);
  useEffect(
    // A copy: the form library writes into its own object, and what compares would see no difference.
    () => subscribe({ formState: { values: true }, callback: () => onChange(structuredClone(getValues(at))) }),
    [subscribe, getValues, onChange, at],
  );
  useEffect(() => {
    onReady({ showErrors: () => void trigger() });
    if (answers.length > 0) void trigger();
    return () => onReady(null);
  }, [onReady, trigger, answers]);
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <div className={classes.fields}>
          <TextField
            name={`${at}.internalIdentifier`}
            label={t('internalIdentifier.label')}
            description={t('internalIdentifier.help')}
            placeholder={words('ourCorrelationId')}
          />
          <TextField name={`${at}.id`} label={t('id.resellerLabel')} description={t('id.help')} mono />
        </div>
      </div>
    </FormProvider>
  );
}
