import { type FieldErrors, type FieldValues, get, type Resolver, set } from 'react-hook-form';
import type { LintFinding } from '@/lib/vendors/vendor';
import type { VendorAnswer } from './section-props';

/** Sentences by the path of a field in the form. */
export type FieldSentences = Readonly<Record<string, string>>;

/** Makes a form say what a function finds wrong with its values, field by field. */
export function fieldsResolver<Values extends FieldValues>(
  check: (values: Values) => FieldSentences,
): Resolver<Values> {
  return (values) => {
    const errors: FieldErrors<Values> = {};
    const found = Object.entries(check(values));
    for (const [path, message] of found) set(errors, path, { type: 'rule', message });
    return found.length === 0 ? { values, errors: {} } : { values: {}, errors };
  };
}

/** What stops, of a vendor's findings about its own section; the first finding of a field counts. */
export function errorFields(
  at: string,
  findings: readonly LintFinding[],
  words: (finding: LintFinding) => string,
): FieldSentences {
  const own = findings.filter((finding) => finding.level === 'error' && !finding.field.startsWith('customer.'));
  return Object.fromEntries(own.toReversed().map((finding) => [`${at}.${finding.field}`, words(finding)]));
}

/** The vendor's own words about fields that still hold what it refused. */
export function answeredFields(
  at: string,
  answers: readonly VendorAnswer[],
  { first, values }: { readonly first: FieldValues; readonly values: FieldValues },
): FieldSentences {
  const same = answers.filter(({ field }) => {
    const path = `${at}.${field}`;
    return JSON.stringify(get(first, path)) === JSON.stringify(get(values, path));
  });
  return Object.fromEntries(same.map(({ field, text }) => [`${at}.${field}`, text]));
}
