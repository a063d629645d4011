import type { CustomerFacts } from '../vendor';
import type { CreateCustomerBody } from './contract';
import { type CloudlxInput, toTexts } from './input';
import { idLists } from './vocabulary';

/**
 * Facts and input to the body of `POST /api/customers` (vendor-apis.md 4.3). Pure: the plan shows what will be sent. All
 * ten keys of the vendor's sample are always there; a list that nobody filled is empty. An id that is no number becomes
 * one that the contract refuses.
 */
export function toCreateBody(facts: CustomerFacts, input: CloudlxInput): CreateCustomerBody {
  const texts = toTexts(facts, input);
  return {
    name: texts.name.value,
    currency_iso: texts.currency_iso.value,
    country_iso: texts.country_iso.value,
    realms: toIds(input.realms),
    shown_sub_realms: toIds(input.shownSubRealms),
    enabled_sub_realms: toIds(input.enabledSubRealms),
    email: texts.email.value,
    first_name: texts.first_name.value,
    last_name: texts.last_name.value,
    role_group: texts.role_group.value,
  };
}

/** Each id once, in the order typed. Only digits are a number: `Number` alone would read "1e3" and blanks as one. */
function toIds(texts: readonly string[]): number[] {
  const filled = texts.map((one) => one.trim()).filter((one) => one !== '');
  return [...new Set(filled)].map((one) => (/^\d{1,15}$/.test(one) ? Number(one) : Number.NaN));
}

/** Names by which a complaint may call a key of the request (the table of the document itself mislabels one). */
const aliases: ReadonlyMap<string, string> = new Map([
  ['currency', 'currency_iso'],
  ['currency_id', 'currency_iso'],
  ['country', 'country_iso'],
  ['country_id', 'country_iso'],
  ['sub_realms', 'shown_sub_realms'],
  ['role', 'role_group'],
  ['user_email', 'email'],
  ['username', 'email'],
]);

/** Keys of the request that make the first admin user, not the customer. */
const userKeys: ReadonlySet<string> = new Set(['email', 'first_name', 'last_name', 'role_group']);

/**
 * The key of the request that a complaint speaks of: `realms.0`, `user.email` and `First_Name` are led to theirs.
 * @returns null when it names none of ours
 */
export function wireKeyOf(vendorField: string): keyof CreateCustomerBody | null {
  const steps = vendorField.toLowerCase().split(/[.[\]]+/);
  const named = steps.filter((step) => step !== '' && !/^\d+$/.test(step)).map((step) => aliases.get(step) ?? step);
  return wireKeys.find((key) => named.includes(key)) ?? null;
}
const wireKeys = [
  'name',
  'currency_iso',
  'country_iso',
  'realms',
  'shown_sub_realms',
  'enabled_sub_realms',
  'email',
  'first_name',
  'last_name',
  'role_group',
] as const satisfies readonly (keyof CreateCustomerBody)[];

/** Does the complaint speak of the first admin user alone? */
export function isAboutUser(vendorField: string | null): boolean {
  const key = vendorField === null ? null : wireKeyOf(vendorField);
  return key !== null && userKeys.has(key);
}

/** Leads a complaint to the field of our form: `customer.<fact>` where our field was left empty and the fact filled it. */
export function toFormField(vendorField: string, facts: CustomerFacts, input: CloudlxInput): string | null {
  const key = wireKeyOf(vendorField);
  if (key === null) return null;
  if (key === 'realms' || key === 'shown_sub_realms' || key === 'enabled_sub_realms') return idLists[key];
  return toTexts(facts, input)[key].field;
}
