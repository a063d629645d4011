import * as z from 'zod/mini';
import { isoCountries } from '../iso-countries';
import { guidPattern, type Profile } from './vocabulary';

/**
 * The wire of AvePoint Elements, partner external v3: requests strict, replies loose. Documentation:
 * learn.avepoint.com, as recorded in vendor-apis.md section 1 and in the founding document 000.
 */

const text = z.string().check(z.regex(/\S/));

const createFields = {
  firstName: text,
  lastName: text,
  organizationName: text,
  registrationAccount: text,
  countryCode: z.string().check(z.refine((code) => isoCountries.has(code))),
  telephoneNumber: z.optional(text),
  dataCenter: z.string().check(z.regex(guidPattern)),
  password: text,
  tags: z.optional(z.array(text)),
};

/** Body of `POST /general/customers` (1.5, seed 000) by contract. What breaks it is refused before anything is sent. */
export const createCustomerSchemas = {
  '2026-07': z.strictObject({ ...createFields, managementMode: z.optional(z.boolean()) }),
  '2025-09': z.strictObject({ ...createFields, managementMode: z.boolean() }),
} as const satisfies Record<Profile, z.ZodMiniType>;
export type CreateCustomerBody = z.infer<(typeof createCustomerSchemas)[Profile]>;

const looseText = z.optional(z.nullable(z.string()));

/**
 * Answer of `POST /general/customers` (1.5): HTTP 200 whatever came of it. The id is `id` today and `customerId` in the
 * founding document's sample; whether there is one when `status` is not 1 is not said.
 */
export const createdReplySchema = z.object({ status: z.number(), id: looseText, customerId: looseText });
export type CreatedReply = z.infer<typeof createdReplySchema>;

/** The id of the customer that was made; null when the answer names none, or the empty GUID of the vendor's platform. */
export function createdId({ id, customerId }: CreatedReply): string | null {
  const named = [id, customerId].map((one) => one?.trim() ?? '').find((one) => /^\w[\w-]{0,99}$/.test(one));
  return named === undefined || /^[0-]+$/.test(named) ? null : named;
}

// Customer of `POST /general/customers/batch` (1.7): the id is needed, everything else is tolerated.
const customerSchema = z.object({
  id: z.string(),
  organization: looseText,
  ownerEmail: looseText,
  countryOrRegion: looseText,
});
export type CustomerView = z.infer<typeof customerSchema>;

/** One page of `POST /general/customers/batch` (1.4, 1.9). Without a total the walk ends at the first empty page. */
export const customerPageSchema = z.object({
  data: z.array(customerSchema),
  metadata: z.optional(z.nullable(z.object({ totalCount: z.optional(z.nullable(z.number())) }))),
});
export type CustomerPage = z.infer<typeof customerPageSchema>;

/**
 * Error body (1.9). Elements documents none; this is the one of a sibling on the same gateway, so every part of it may be
 * missing or of another shape.
 */
export const errorBodySchema = z.object({
  message: z.catch(looseText, null),
  errors: z.catch(
    z.optional(z.nullable(z.array(z.object({ code: looseText, field: looseText, message: looseText })))),
    null,
  ),
  requestId: z.catch(looseText, null),
  traceId: z.catch(looseText, null),
});
