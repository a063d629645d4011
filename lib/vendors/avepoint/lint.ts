import { isoCountries } from '../iso-countries';
import type { CustomerFacts, Json, LintFinding, RequestContext } from '../vendor';
import { type Account, type AvepointInput, avepointInputSchema, toAccount } from './input';
import { accountFieldNames, accountFields, dataCenters, governmentDataCenter, guidPattern } from './vocabulary';

/**
 * AvePoint's rules about a customer, in the order of the form (vendor-apis.md 1.5, 1.8). Client-safe and pure. Red
 * (`error`) is what the vendor documents as needed; amber (`hint`) is what only looks wrong.
 */
export function lintAvepoint(facts: CustomerFacts, input: Json, context: RequestContext): readonly LintFinding[] {
  const parsed = avepointInputSchema.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? 'dataCenter';
    return [error(field, 'not-a-value')];
  }
  return [
    ...lintAccount(toAccount(facts, parsed.data)),
    ...lintDataCenter(parsed.data.dataCenter.trim().toLowerCase()),
    ...lintPassword(context),
    ...lintTags(parsed.data.tags),
  ];
}

function finding(
  level: LintFinding['level'],
  field: string,
  rule: string,
  params: Record<string, string>,
): LintFinding {
  return { level, field, message: `avepoint.${rule}`, params };
}
const error = (field: string, rule: string, params: Record<string, string> = {}) =>
  finding('error', field, rule, params);
const hint = (field: string, rule: string, params: Record<string, string> = {}) => finding('hint', field, rule, params);

function lintAccount(account: Account): LintFinding[] {
  return accountFieldNames.flatMap((name) => {
    const { value, field } = account[name];
    if (value === '') return accountFields[name].required ? [error(field, 'required', { field: name })] : [];
    if (name === 'countryCode' && !isoCountries.has(value)) return [error(field, 'country')];
    // The account signs in with it and is found again by it.
    if (name === 'registrationAccount' && !/^[^\s@]+@[^\s@]+$/.test(value)) return [error(field, 'account-email')];
    return [];
  });
}

function lintDataCenter(id: string): LintFinding[] {
  if (id === '') return [error('dataCenter', 'required', { field: 'dataCenter' })];
  if (!guidPattern.test(id)) return [error('dataCenter', 'guid')];
  if (id === governmentDataCenter) return [hint('dataCenter', 'data-center-government')];
  return dataCenters.some((one) => one.id === id) ? [] : [hint('dataCenter', 'data-center-unlisted')];
}

function lintPassword({ typedSecrets }: RequestContext): LintFinding[] {
  if (typedSecrets === undefined || typedSecrets.includes('password')) return [];
  return [error('password', 'required', { field: 'password' })];
}

function lintTags(tags: AvepointInput['tags']): LintFinding[] {
  const plain = tags.map((tag) => tag.trim().toLowerCase());
  const twice = plain.find((tag, at) => tag !== '' && plain.indexOf(tag) < at);
  return twice === undefined ? [] : [hint('tags', 'tag-twice', { tag: twice })];
}
