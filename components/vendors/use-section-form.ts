'use client';

import { useEffect, useState } from 'react';
import { type FieldValues, type UseFormReturn, useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from './fields-resolver';
import { openInvalid } from './open-invalid';
import type { VendorAnswer, VendorSectionProps } from './section-props';

/** Values of a section's form: below the connection's id, so that two connections of a vendor do not share fields. */
type Values = Record<string, FieldValues>;

interface Options {
  /** What an earlier state of the section says, as far as it can be read. */
  readonly toInput: (initial: Json) => FieldValues;
  /** Of the vendor's answers, those that are about what is typed now; all of them where nothing is said. */
  readonly answers?: readonly VendorAnswer[];
  /** Called when the faults of untouched fields are to be shown. Stable. */
  readonly onShowErrors?: () => void;
}

/**
 * The form of a vendor's section: says the vendor's rules and earlier answers on the fields, and tells the page of every
 * change. The element that holds the fields carries `data-fields={fieldId(connectionId)}`.
 */
export function useSectionForm(
  { connection, initial, answers, lint, findingWords, onChange, onReady }: VendorSectionProps,
  { toInput, answers: current = answers, onShowErrors }: Options,
): UseFormReturn<Values> {
  const at = connection.connectionId;
  const [first] = useState(() => toInput(initial));
  const form = useForm<Values>({
    mode: 'onTouched',
    defaultValues: { [at]: first },
    resolver: fieldsResolver((values: Values) => ({
      ...answeredFields(at, current, { first: { [at]: first }, values }),
      ...errorFields(at, lint(values[at] ?? first), findingWords),
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
  useEffect(() => {
    const showErrors = () => {
      onShowErrors?.();
      void trigger().then(() => openInvalid(document.querySelector(`[data-fields="${fieldId(at)}"]`)));
    };
    onReady({ showErrors });
    if (answers.length > 0) showErrors();
    return () => onReady(null);
  }, [onReady, onShowErrors, trigger, answers, at]);
  return form;
}
