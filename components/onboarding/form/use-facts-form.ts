'use client';

import { useEffect, useMemo, useRef } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { answeredFields, fieldsResolver } from '@/components/vendors/fields-resolver';
import type { VendorAnswer } from '@/components/vendors/section-props';
import type { CustomerFacts, LintFinding } from '@/lib/vendors/vendor';
import { lintFacts, type VendorLint } from './lint-all';

export interface FactsValues {
  readonly customer: CustomerFacts;
}

interface Options {
  readonly first: CustomerFacts;
  /** What the chosen vendors say about the facts. */
  readonly lint: (facts: CustomerFacts) => readonly VendorLint[];
  readonly findingWords: (finding: LintFinding) => string;
  readonly answers: readonly VendorAnswer[];
  readonly onChange: (facts: CustomerFacts) => void;
}

/** The form of the shared facts: our own rules, the chosen vendors' rules, and a vendor's words on a retry, on one field each. */
export function useFactsForm({ first, lint, findingWords, answers, onChange }: Options): UseFormReturn<FactsValues> {
  const rules = useRef(lint);
  useEffect(() => {
    rules.current = lint;
  }, [lint]);
  const resolver = useMemo(
    () =>
      fieldsResolver<FactsValues>((values) => ({
        ...answeredFields('customer', answers, { first: { customer: first }, values }),
        ...vendorSentences(rules.current(values.customer), findingWords),
        ...lintFacts(values.customer),
      })),
    [answers, first, findingWords],
  );
  const form = useForm<FactsValues>({ mode: 'onTouched', defaultValues: { customer: { ...first } }, resolver });
  const { subscribe, getValues, trigger } = form;
  useEffect(
    // A copy: the form library writes into its own object, and what compares would see no difference.
    () => subscribe({ formState: { values: true }, callback: () => onChange({ ...getValues('customer') }) }),
    [subscribe, getValues, onChange],
  );
  useEffect(() => {
    if (answers.length > 0) void trigger();
  }, [answers, trigger]);
  return form;
}

function vendorSentences(
  vendors: readonly VendorLint[],
  words: (finding: LintFinding) => string,
): Readonly<Record<string, string>> {
  const errors = vendors
    .flatMap((vendor) => vendor.findings)
    .filter((finding) => finding.level === 'error' && finding.field.startsWith('customer.'));
  return Object.fromEntries(errors.toReversed().map((finding) => [finding.field, words(finding)]));
}
