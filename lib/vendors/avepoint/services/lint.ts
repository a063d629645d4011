import type { LintFinding } from '../../vendor';
import type { ServiceContext } from '../../vendor-services';
import { guidPattern, type Profile, toProfile } from '../vocabulary';
import { endOfDay, type ServiceInput, serviceInputSchema, wholeNumber } from './input';
import { isOffered, productOf, serviceFields, type Takes, takenFields } from './vocabulary';

/**
 * AvePoint's rules about a service, in the order of the form (vendor-apis.md 1.6, 1.8, seed 001). Client-safe and pure. Red
 * (`error`) is what the vendor documents as needed or answers with a refusal.
 */
export function lintService(value: unknown, context: ServiceContext): readonly LintFinding[] {
  const parsed = serviceInputSchema.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? 'product';
    return [error(field, 'not-a-value')];
  }
  const input = parsed.data;
  const profile = toProfile(context.profile);
  const product = productOf(input.product);
  const offered = product !== null && input.license !== '' && isOffered(profile, product, input.license);
  // Of what cannot be added at all, the other fields have no rules.
  const takes = offered ? takenFields(profile, product, input.license) : {};
  const found = [
    ...lintProduct(input, profile, context.known),
    ...lintMissing(input, takes),
    ...lintStorage(input, takes, profile),
    ...lintNumbers(input, takes),
    ...lintDates(input, takes, { profile, now: context.now }),
  ];
  const order = ['product', 'license', ...serviceFields].map((field) => `service.${field}`);
  return found.toSorted((left, right) => order.indexOf(left.field) - order.indexOf(right.field));
}

function finding(level: LintFinding['level'], field: string, rule: string, params: Record<string, string>) {
  return { level, field: `service.${field}`, message: `avepoint.service.${rule}`, params };
}
const error = (field: string, rule: string, params: Record<string, string> = {}): LintFinding =>
  finding('error', field, rule, params);
const hint = (field: string, rule: string, params: Record<string, string> = {}): LintFinding =>
  finding('hint', field, rule, params);

function lintProduct(input: ServiceInput, profile: Profile, known: readonly string[]): LintFinding[] {
  const product = productOf(input.product);
  if (input.product === '') return [error('product', 'required', { field: 'product' })];
  if (product === null) return [error('product', 'not-a-value')];
  const has = known.includes(product.key) ? [hint('product', 'known', { product: product.name })] : [];
  if (input.license === '') return [...has, error('license', 'required', { field: 'license' })];
  return isOffered(profile, product, input.license)
    ? has
    : [error('license', `not-offered.${input.license}`, { product: product.name })];
}

function lintMissing(input: ServiceInput, takes: Takes): LintFinding[] {
  return serviceFields
    .filter((field) => takes[field] === 'required' && (input[field] === '' || input[field] === null))
    .map((field) => error(field, 'required', { field }));
}

function lintStorage(input: ServiceInput, takes: Takes, profile: Profile): LintFinding[] {
  if (takes.storage === undefined) return [];
  // The draft always has both, and says by `byos` which of them counts.
  if (profile === '2025-09') return input.ownStorage ? [hint('ownStorage', 'storage-both-sent')] : [];
  if (input.ownStorage) {
    const id = input.storageProfileId.trim();
    return [
      ...(input.storage !== '' || input.retentionYears !== null ? [error('ownStorage', 'storage-or-own')] : []),
      ...(id !== '' && !guidPattern.test(id) ? [error('storageProfileId', 'guid')] : []),
    ];
  }
  if (input.storage === '') return [error('storage', 'storage-or-own')];
  return [
    ...(input.storage === 'gcp' ? [error('storage', 'storage-draft-only')] : []),
    ...(input.retentionYears === null ? [error('retentionYears', 'required', { field: 'retentionYears' })] : []),
  ];
}

function lintNumbers(input: ServiceInput, takes: Takes): LintFinding[] {
  const wrong = (field: 'retentionYears' | 'seats' | 'customerSize', least: number) => {
    const typed = input[field];
    if (takes[field] === undefined || typed === null) return [];
    const whole = wholeNumber(typed);
    return whole === null || whole < least || whole > 2_147_483_647
      ? [error(field, 'whole-number', { least: String(least) })]
      : [];
  };
  return [...wrong('retentionYears', 0), ...wrong('seats', 1), ...wrong('customerSize', 0)];
}

function lintDates(
  input: ServiceInput,
  takes: Takes,
  { profile, now }: { readonly profile: Profile; readonly now: Date },
): LintFinding[] {
  const found: LintFinding[] = [];
  if (takes.expiry !== undefined) {
    const isPooled = takes.source === 'required';
    if (profile === '2026-07' && isPooled && input.sameAsPool === (input.expiry !== '')) {
      found.push(error(input.sameAsPool ? 'sameAsPool' : 'expiry', 'pool-or-expiry'));
    }
    const rule = input.expiry === '' ? null : ruleOfExpiry(endOfDay(input.expiry), now);
    if (rule !== null) found.push(error('expiry', rule));
  }
  if (takes.contractEnd !== undefined && input.contractEnd !== '') {
    const end = endOfDay(input.contractEnd);
    if (end === null) found.push(error('contractEnd', 'day'));
    else if (end < now.getTime()) found.push(error('contractEnd', 'contract-past'));
  }
  return found;
}

/** The vendor refuses what has passed (status 11) and what is less than a month away (18). */
function ruleOfExpiry(at: number | null, now: Date): string | null {
  if (at === null) return 'day';
  if (at <= now.getTime()) return 'expiry-past';
  return at <= inAMonth(now) ? 'expiry-soon' : null;
}

/** The same moment of the next month, or its last day's where it has no such day. */
export function inAMonth(now: Date): number {
  const next = new Date(now);
  next.setUTCMonth(next.getUTCMonth() + 1);
  if (next.getUTCDate() !== now.getUTCDate()) next.setUTCDate(0);
  return next.getTime();
}
