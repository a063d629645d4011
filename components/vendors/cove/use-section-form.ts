'use client';

import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type CoveInput, coveInputSchema, emptyCoveInput } from '@/lib/vendors/cove/input';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from '../fields-resolver';
import { openInvalid } from '../open-invalid';
import type { VendorSectionProps } from '../section-props';
import type { SectionValues } from './section-values';

/** What an earlier state of the section says, as far as it can be read. */
function toInput(initial: Json): CoveInput {
  const parsed = coveInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyCoveInput;
}

/** The form behind Cove's section: its rules, the vendor's words on a retry, and every change handed up. */
export function useSectionForm(props: VendorSectionProps) {
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
