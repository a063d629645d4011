'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type CloudlxInput, cloudlxInputSchema, emptyCloudlxInput } from '@/lib/vendors/cloudlx/input';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from '../fields-resolver';
import { openInvalid } from '../open-invalid';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { SectionSkeleton } from '../section-skeleton';
import { CompanyFields } from './company-fields';
import { CurrencyField } from './currency-field';
import type { SectionValues } from './section-values';

// What reads the vendor's lists comes after the form: nothing else waits for it.
const RealmFields = lazy(async () => ({ default: (await import('./realm-fields')).RealmFields }));

/** CloudLX's section of the form: the currency, what the customer can work with, and what differs from the shared facts. */
export function CloudlxSection(props: VendorSectionProps) {
  const { connection, facts, countries, timeZone } = props;
  const form = useSectionForm(props);
  const at = connection.connectionId;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <CurrencyField at={at} facts={facts} />
        <Suspense fallback={<SectionSkeleton />}>
          <RealmFields at={at} timeZone={timeZone} />
        </Suspense>
        <div>
          <CompanyFields at={at} facts={facts} countries={countries} />
        </div>
      </div>
    </FormProvider>
  );
}

/** What an earlier state of the section says, as far as it can be read. */
function toInput(initial: Json): CloudlxInput {
  const parsed = cloudlxInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyCloudlxInput;
}

function useSectionForm(props: VendorSectionProps) {
  const { connection, initial, answers, lint, findingWords, onChange, onReady } = props;
  const at = connection.connectionId;
  const [first] = useState(() => toInput(initial));
  const form = useForm<SectionValues>({
    mode: 'onTouched',
    defaultValues: { [at]: first },
    resolver: fieldsResolver((values: SectionValues) => {
      const input = values[at] ?? emptyCloudlxInput;
      return {
        ...answeredFields(at, answers, { first: { [at]: first }, values }),
        ...errorFields(at, lint(input), findingWords),
      };
    }),
  });
  const { subscribe, trigger, getValues } = form;

  // What an old draft says and this form leaves out is gone for the rest of the page, too.
  useEffect(() => onChange(first), [onChange, first]);
  useEffect(
    // A copy: the form library writes into its own object, and what compares would see no difference.
    () => subscribe({ formState: { values: true }, callback: () => onChange(structuredClone(getValues(at))) }),
    [subscribe, getValues, onChange, at],
  );
  useEffect(() => {
    const showErrors = () =>
      void trigger().then(() => openInvalid(document.querySelector(`[data-fields="${fieldId(at)}"]`)));
    onReady({ showErrors });
    if (answers.length > 0) showErrors();
    return () => onReady(null);
  }, [onReady, trigger, answers, at]);
  return form;
}
