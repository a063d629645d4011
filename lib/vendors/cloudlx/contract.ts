import * as z from 'zod/mini';
import { isoCountries } from '../iso-countries';

/**
 * The wire of CloudLX: requests strict, replies loose, as new keys arrive within a version (4.1). Documentation:
 * cloudlx.epsilontel.com/api-documentation, as recorded in vendor-apis.md section 4 and in the founding document 004.
 */

const text = () => z.string().check(z.regex(/\S/));
const id = () => z.int().check(z.positive());

/**
 * Body of `POST /api/customers` (4.3, seed 004). The table of the document calls `country_iso` a second `currency_iso` and
 * leaves the last four out; the sample has them all.
 */
export const createCustomerSchema = z.strictObject({
  name: text(),
  currency_iso: z.string().check(z.regex(/^[A-Z]{3}$/)),
  country_iso: z.string().check(z.refine((code) => isoCountries.has(code))),
  realms: z.array(id()),
  shown_sub_realms: z.array(id()),
  enabled_sub_realms: z.array(id()),
  email: text(),
  first_name: text(),
  last_name: text(),
  role_group: text(),
});
export type CreateCustomerBody = z.infer<typeof createCustomerSchema>;

// Only the id decides what a reply is worth: a key of another type than documented reads as absent.
const looseText = () => z.catch(z.optional(z.nullable(z.string())), null);

const subRealmSchema = z.object({
  id: id(),
  name: looseText(),
  // PHP may answer a flag of its database as 0 or 1.
  has_access: z.catch(z.optional(z.nullable(z.union([z.boolean(), z.number()]))), null),
});

/** A customer, as create and details answer it unwrapped and the list in `customers` (4.3). */
export const customerSchema = z.object({
  id: id(),
  name: looseText(),
  currency: z.catch(z.optional(z.nullable(z.object({ iso_3: looseText() }))), null),
  country: z.catch(z.optional(z.nullable(z.object({ iso_2: looseText() }))), null),
  /** Those that are shown; null where the answer does not say. */
  sub_realms: z.catch(z.optional(z.nullable(z.array(subRealmSchema))), null),
});
export type Customer = z.infer<typeof customerSchema>;

/** `GET /api/customers`: all of them, without pages (4.6). */
export const customerListSchema = z.object({ customers: z.array(customerSchema) });

const userSchema = z.object({
  customer_id: z.catch(z.optional(z.nullable(id())), null),
  email: looseText(),
});

/** `GET /api/users`: all of them, of every customer (4.3). */
export const userListSchema = z.object({ users: z.array(userSchema) });

const realmSchema = z.object({ id: id(), name: looseText(), description: looseText() });
export type Realm = z.infer<typeof realmSchema>;

/** `GET /api/realms`, which the document refers to and does not show: the shape is inferred from its siblings (4.3). */
export const realmListSchema = z.object({ realms: z.array(realmSchema) });
/** `GET /api/sub-realms`, inferred likewise. */
export const subRealmListSchema = z.object({ sub_realms: z.array(realmSchema) });

/** A refusal (4.5, inferred from Dingo's format; a refused token may come in OAuth's). Everything in it is optional. */
export const refusalSchema = z.object({
  message: looseText(),
  code: z.catch(z.optional(z.nullable(z.union([z.string(), z.number()]))), null),
  error: looseText(),
  error_description: looseText(),
  errors: z.catch(z.optional(z.nullable(z.record(z.string(), z.unknown()))), null),
});
