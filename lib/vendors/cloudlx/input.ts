import * as z from 'zod/mini';
import type { CustomerFacts } from '../vendor';
import { defaultRoleGroup, likelyCurrency, textFields } from './vocabulary';

/**
 * The CloudLX section of the form. Client-safe. An empty text means "take it from the customer's shared facts" (currency:
 * from the country); rules about content are lint, so that a draft can always be kept.
 */

const text = (fallback = '') => z._default(z.string().check(z.maxLength(2000)), fallback);
/** Ids as typed or picked: texts, so that a slip of the hand stays visible and lint can speak of it. */
const ids = () => z._default(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(500)), []);

export const cloudlxInputSchema = z.object({
  name: text(),
  /** Empty: the likely currency of the country, where there is one. */
  currency: text(),
  country: text(),
  realms: ids(),
  shownSubRealms: ids(),
  /** Some of those shown. */
  enabledSubRealms: ids(),
  /** The first admin user, whose e-mail address is also the user name (4.7). */
  email: text(),
  firstName: text(),
  lastName: text(),
  /** Empty: the only group that is published. */
  roleGroup: text(defaultRoleGroup),
});
export type CloudlxInput = z.infer<typeof cloudlxInputSchema>;

/** The section as it opens. */
export const emptyCloudlxInput: CloudlxInput = cloudlxInputSchema.parse({});

/** A value as it will be sent, and the form field it came from (`customer.<fact>` when derived). */
export interface Derived {
  readonly value: string;
  readonly field: string;
}

export type DerivedTexts = Readonly<Record<keyof typeof textFields | 'currency_iso' | 'role_group', Derived>>;

/** The texts as they will be sent: what is typed in this section wins over the shared facts. Trimmed. */
export function toTexts(facts: CustomerFacts, input: CloudlxInput): DerivedTexts {
  const derive = (key: keyof typeof textFields): Derived => {
    const { field, fact } = textFields[key];
    const typed = input[field].trim();
    const derived = typed === '' ? { value: facts[fact].trim(), field: `customer.${fact}` } : { value: typed, field };
    return key === 'country_iso' ? { ...derived, value: derived.value.toUpperCase() } : derived;
  };
  const country = derive('country_iso');
  const currency = input.currency.trim().toUpperCase();
  return {
    name: derive('name'),
    currency_iso: { value: currency === '' ? (likelyCurrency(country.value) ?? '') : currency, field: 'currency' },
    country_iso: country,
    email: derive('email'),
    first_name: derive('first_name'),
    last_name: derive('last_name'),
    role_group: { value: input.roleGroup.trim() || defaultRoleGroup, field: 'roleGroup' },
  };
}

/** What may be stored of a create request: every key of the document, nothing else. Syntax: `http/redact.ts`. */
export const keptOfCreate: readonly string[] = [
  'name',
  'currency_iso',
  'country_iso',
  'realms[]',
  'shown_sub_realms[]',
  'enabled_sub_realms[]',
  'email',
  'first_name',
  'last_name',
  'role_group',
];

/** What may be stored of the answer to it: the customer just made. */
export const keptOfCustomer: readonly string[] = [
  'id',
  'name',
  'currency.name',
  'currency.iso_2',
  'currency.iso_3',
  'country.name',
  'country.iso_2',
  ...['id', 'name', 'description'].map((key) => `realms[].${key}`),
  ...['id', 'name', 'description', 'has_access'].map((key) => `sub_realms[].${key}`),
];

/** What may be stored of a refusal: all of it, as every word helps to mend the request. */
export const keptOfRefusal: readonly string[] = [
  'message',
  'status_code',
  'code',
  'error',
  'error_description',
  ...keptOfCreate.flatMap((key) => {
    const name = key.replace('[]', '');
    return [`errors.${name}`, `errors.${name}[]`];
  }),
];
