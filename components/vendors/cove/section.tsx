'use client';

import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type CoveInput, coveInputSchema, emptyCoveInput } from '@/lib/vendors/cove/input';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from '../fields-resolver';
import { openInvalid } from '../open-invalid';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { CompanyFields } from './company-fields';
import { IdentifierFields } from './identifier-fields';
import { ParentField } from './parent-field';
import type { SectionValues } from './section-values';
import { ServiceFields } from './service-fields';
import { TrialFields } from './trial-fields';

/** Cove's section of the form: nothing has to be typed here; what can be is one click away. */
export function CoveSection(props: VendorSectionProps) {
  const { connection, facts, countries, timeZone, partnerId } = props;
  const form = useSectionForm(props);
  const at = connection.connectionId;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <ParentField connection={connection} partnerId={partnerId} timeZone={timeZone} />
        <ServiceFields at={at} partnerId={partnerId} timeZone={timeZone} />
        <div>
          <TrialFields at={at} />
          <CompanyFields at={at} facts={facts} countries={countries} />
          <IdentifierFields at={at} partnerId={partnerId} timeZone={timeZone} />
        </div>
      </div>
    </FormProvider>
  );
}

/** What an earlier state of the section says, as far as it can be read. */
function toInput(initial: Json): CoveInput {
  const parsed = coveInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyCoveInput;
}

function useSectionForm(props: VendorSectionProps) {
  const { connection, initial, answers, lint, findingWords, onChange, onReady } = props;
  const at = connection.connectionId;
  const [first] = useState(() => toInput(initial));
  const form = useForm<SectionValues>({
    mode: 'onTouched',
    defaultValues: { [at]: first },
    resolver: fieldsResolver((values: SectionValues) => {
      const input = values[at] ?? emptyCoveInput;
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
