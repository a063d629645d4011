import type { CustomerFacts, Json, LintFinding, RequestContext } from '../vendor';
import { toCountryCode } from './country';
import { type CoveInput, coveInputSchema, toCompanyField, toDeviceCountry, toName } from './input';
import { documentedLevels, largestId, rankOf } from './vocabulary';

/**
 * Cove's rules about a customer, in the order of the form (vendor-apis.md 3.4, 3.8, founding document 003). Client-safe
 * and pure. Red (`error`) is what is documented or would break the types of the wire; amber (`hint`) only looks wrong.
 */
export function lintCove(facts: CustomerFacts, input: Json, context: RequestContext): readonly LintFinding[] {
  const parsed = coveInputSchema.safeParse(input);
  if (!parsed.success) return [error(parsed.error.issues[0]?.path.join('.') ?? 'name', 'not-a-value')];
  const form = parsed.data;
  const name = toName(facts, form);
  return [
    ...lintParent(form),
    ...(name.value === '' ? [error(name.field, 'required', { field: 'name' })] : []),
    ...lintCountries(facts, form),
    ...lintId('locationId', form.locationId),
    ...lintTrial(form),
    ...lintId('company.billingContactPersonId', form.company.billingContactPersonId),
    ...lintId('regionId', form.regionId),
    ...lintId('responsibleUserId', form.responsibleUserId),
    ...lintCode(form, context),
  ];
}

function finding(
  level: LintFinding['level'],
  field: string,
  rule: string,
  params: Record<string, string>,
): LintFinding {
  return { level, field, message: `cove.${rule}`, params };
}
const error = (field: string, rule: string, params: Record<string, string> = {}) =>
  finding('error', field, rule, params);
const hint = (field: string, rule: string, params: Record<string, string> = {}) => finding('hint', field, rule, params);

function lintParent({ parentId, parentLevel, parentName, level }: CoveInput): LintFinding[] {
  const undocumented = documentedLevels.includes(level) ? [] : [hint('level', 'level-undocumented')];
  if (parentId.trim() === '') return undocumented;
  const [own, above] = [rankOf(level), rankOf(parentLevel)];
  const notBelow = own !== null && above !== null && own <= above;
  return [
    ...lintId('parentId', parentId),
    ...(notBelow ? [error('level', 'level-not-below', { parent: parentName || parentId })] : undocumented),
  ];
}

function lintCountries(facts: CustomerFacts, form: CoveInput): LintFinding[] {
  const country = toCompanyField(facts, form, 'country');
  const devices = toDeviceCountry(facts, form);
  if (country.value === '') return [error(country.field, 'required', { field: 'country' })];
  return [
    ...(toCountryCode(country.value) === null ? [error(country.field, 'country')] : []),
    ...(devices.field === 'deviceCountry' && toCountryCode(devices.value) === null
      ? [error('deviceCountry', 'country')]
      : []),
  ];
}

/** Ids are whole numbers at Cove; an empty one is left out. */
function lintId(field: string, value: string): LintFinding[] {
  const text = value.trim();
  return text === '' || (/^\d{1,10}$/.test(text) && Number(text) <= largestId) ? [] : [error(field, 'number')];
}

function lintTrial({ state, trialRegistration, trialExpiration }: CoveInput): LintFinding[] {
  const [begin, end] = [trialRegistration.trim(), trialExpiration.trim()];
  const faults = [...lintDay('trialRegistration', begin), ...lintDay('trialExpiration', end)];
  if (faults.length > 0) return faults;
  // Days of this form compare as texts.
  if (begin !== '' && end !== '' && end < begin) return [error('trialExpiration', 'trial-order')];
  const typed = begin !== '' ? 'trialRegistration' : end !== '' ? 'trialExpiration' : null;
  if (state !== 'InTrial') return typed === null ? [] : [hint(typed, 'trial-not-in-trial')];
  return end === '' ? [hint('trialExpiration', 'trial-without-end')] : [];
}

function lintDay(field: string, day: string): LintFinding[] {
  if (day === '') return [];
  const instant = Date.parse(`${day}T00:00:00Z`);
  // 31 February parses in some engines and rolls over in others: compare what comes back.
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant) && instant > 0;
  return real && new Date(instant).toISOString().startsWith(day) ? [] : [error(field, 'date')];
}

function lintCode({ externalCode }: CoveInput, { correlationId }: RequestContext): LintFinding[] {
  const typed = externalCode.trim();
  return typed === '' || typed === correlationId ? [] : [hint('externalCode', 'code-typed')];
}
