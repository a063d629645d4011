import { isoCountries } from '../iso-countries';
import type { CustomerFacts, Json, LintFinding } from '../vendor';
import { type CloudlxInput, cloudlxInputSchema, type DerivedTexts, toTexts } from './input';
import { idLists, idPattern, usualTextMax } from './vocabulary';

/**
 * CloudLX's rules about a customer, in the order of the form (vendor-apis.md 4.3). Client-safe and pure. The vendor prints
 * no rules beside the types: red (`error`) is what breaks a type, what its sample shows as filled, or its own order of
 * sub-realms; amber (`hint`) is what only looks wrong.
 */
export function lintCloudlx(facts: CustomerFacts, input: Json): readonly LintFinding[] {
  const parsed = cloudlxInputSchema.safeParse(input);
  if (!parsed.success) {
    const [field] = parsed.error.issues[0]?.path ?? [];
    return [error(typeof field === 'string' ? field : 'name', 'not-a-value')];
  }
  const texts = toTexts(facts, parsed.data);
  return [
    ...lintTexts(texts),
    ...lintCodes(texts),
    ...lintEmail(texts),
    ...lintIds(parsed.data),
    ...lintSubRealms(parsed.data),
  ];
}

function finding(
  level: LintFinding['level'],
  field: string,
  rule: string,
  params: Record<string, string>,
): LintFinding {
  return { level, field, message: `cloudlx.${rule}`, params };
}
const error = (field: string, rule: string, params: Record<string, string> = {}) =>
  finding('error', field, rule, params);
const hint = (field: string, rule: string, params: Record<string, string> = {}) => finding('hint', field, rule, params);

/** `field` in the sentence's parameters: names that can stand in an ICU `select`. */
const words = {
  name: 'name',
  country_iso: 'country',
  currency_iso: 'currency',
  email: 'email',
  first_name: 'firstName',
  last_name: 'lastName',
  role_group: 'roleGroup',
} as const;
const order = [
  'name',
  'country_iso',
  'currency_iso',
  'email',
  'first_name',
  'last_name',
  'role_group',
] as const satisfies readonly (keyof DerivedTexts)[];

function lintTexts(texts: DerivedTexts): LintFinding[] {
  return order.flatMap((key) => {
    const { value, field } = texts[key];
    if (value === '') return [error(field, 'required', { field: words[key] })];
    if (value.length <= usualTextMax) return [];
    return [hint(field, 'long', { max: String(usualTextMax), length: String(value.length) })];
  });
}

function lintCodes({ country_iso: country, currency_iso: currency }: DerivedTexts): LintFinding[] {
  const wrongCountry = country.value !== '' && !isoCountries.has(country.value);
  const known: readonly string[] = Intl.supportedValuesOf('currency');
  const shaped = /^[A-Z]{3}$/.test(currency.value);
  return [
    ...(wrongCountry ? [error(country.field, 'country')] : []),
    ...(currency.value !== '' && !shaped ? [error(currency.field, 'currency')] : []),
    ...(shaped && !known.includes(currency.value)
      ? [hint(currency.field, 'currency-unknown', { found: currency.value })]
      : []),
  ];
}

function lintEmail({ email }: DerivedTexts): LintFinding[] {
  const wrong = email.value !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.value);
  return wrong ? [error(email.field, 'email')] : [];
}

function lintIds(input: CloudlxInput): LintFinding[] {
  const wrong = Object.values(idLists).flatMap((field) => {
    const found = filled(input[field]).find((one) => !idPattern.test(one));
    return found === undefined ? [] : [error(field, 'ids', { found })];
  });
  return filled(input.realms).length === 0 ? [hint('realms', 'no-realm'), ...wrong] : wrong;
}

function lintSubRealms(input: CloudlxInput): LintFinding[] {
  const shown = new Set(filled(input.shownSubRealms));
  const hidden = [...new Set(filled(input.enabledSubRealms))].filter((one) => !shown.has(one));
  if (hidden.length === 0) return [];
  return [error('enabledSubRealms', 'enabled-not-shown', { found: hidden.join(', ') })];
}

const filled = (ids: readonly string[]) => ids.map((one) => one.trim()).filter((one) => one !== '');
