import * as z from 'zod/mini';
import type { Parser } from '../http/client';
import { isoCountries } from '../iso-countries';
import { largestId, partnerFlags, partnerLevels, partnerStates, serviceTypes } from './vocabulary';

/**
 * The wire of N-able Cove's JSON-RPC: requests strict, replies loose. Documentation: developer.n-able.com/n-able-cove,
 * and the vendor's schema 23.3, as recorded in vendor-apis.md section 3 and in the founding document 003.
 */

const text = z.string().check(z.regex(/\S/), z.maxLength(2000));
const id = z.int().check(z.positive(), z.maximum(largestId));
const optionalId = z.optional(z.int().check(z.minimum(0), z.maximum(largestId)));
const unixSeconds = z.optional(z.int().check(z.positive()));
const country = z.string().check(z.refine((code) => isoCountries.has(code)));
const optionalText = z.optional(text);

// PostAddressInfo: six fields. The country travels here, never beside the name as the sample has it (3.8).
const postAddressSchema = z.strictObject({
  Country: country,
  State: optionalText,
  District: optionalText,
  City: optionalText,
  ZipCode: optionalText,
  Address: optionalText,
});

// PartnerCompanyInfo: nine fields. The billing contact is an int in the schema, a string in the docs (3.8).
const companySchema = z.strictObject({
  PostAddress: postAddressSchema,
  PhoneNumber: optionalText,
  FaxNumber: optionalText,
  WebsiteAddress: optionalText,
  LegalCompanyName: optionalText,
  ChamberOfCommerceNumber: optionalText,
  VatNumber: optionalText,
  BankAccountNumber: optionalText,
  BillingContactPersonId: optionalId,
});

/** PartnerInfo of a new customer but for its parent, which may be known at sending only (3.4). */
export const newPartnerSchema = z.strictObject({
  Name: text,
  Level: z.enum(partnerLevels),
  ServiceType: z.optional(z.enum(serviceTypes)),
  ChildServiceTypes: z.optional(z.array(z.enum(serviceTypes))),
  State: z.optional(z.enum(partnerStates)),
  DeviceCountry: country,
  LocationId: optionalId,
  Flags: z.optional(z.array(z.enum(partnerFlags))),
  ExternalCode: text,
  Company: companySchema,
  TrialRegistrationTime: unixSeconds,
  TrialExpirationTime: unixSeconds,
  AdvancedPartnerProperties: z.optional(z.strictObject({ RegionId: optionalId, ResponsibleUserId: optionalId })),
});
export type NewPartner = z.infer<typeof newPartnerSchema>;

export const parentIdSchema = id;

/** `params` of AddPartner as sent. */
export interface AddPartnerParams {
  readonly partnerInfo: NewPartner & { readonly ParentId: number };
  readonly createDefaultAccount: boolean;
}

const looseText = z.optional(z.nullable(z.string()));
const looseId = z.optional(z.nullable(z.int()));

/** The error object. `code` is -32603 for practically everything; `data` tells them apart (3.3). */
const errorSchema = z.object({
  code: z.optional(z.unknown()),
  message: looseText,
  data: z.optional(z.unknown()),
});
export type RpcError = z.infer<typeof errorSchema>;

const envelopeSchema = z.object({
  id: z.optional(z.nullable(z.union([z.string(), z.number()]))),
  result: z.optional(z.unknown()),
  error: z.optional(z.nullable(errorSchema)),
  visa: looseText,
});

/** An answer that keeps the envelope: a result or an error, and the next visa beside either. */
export type RpcReply<T> = {
  readonly visa: string | null;
  /** As it came, for the record. */
  readonly body: unknown;
} & ({ readonly error: RpcError; readonly result: null } | { readonly error: null; readonly result: T });

/**
 * Reads the envelope (3.1). Success is the absence of `error`: a void method answers `"result": null`. An answer to
 * another request's id, or with both a result and an error, is none.
 * @param result of the outer `result`, in which the value sits below another `result`
 */
export function rpcReplySchema<T>(requestId: string, result: Parser<T>): Parser<RpcReply<T>> {
  return {
    safeParse(body) {
      const parsed = envelopeSchema.safeParse(body);
      if (!parsed.success) return { success: false };
      const { error, visa: said, ...envelope } = parsed.data;
      const visa = said == null || said === '' ? null : said;
      if (error != null) {
        const ours = envelope.id == null || String(envelope.id) === requestId;
        return ours && envelope.result == null ? ok({ visa, body, error, result: null }) : { success: false };
      }
      const value = result.safeParse(envelope.result);
      if (!value.success || String(envelope.id) !== requestId) return { success: false };
      return ok({ visa, body, error: null, result: value.data });
    },
  };
}

const ok = <T>(data: T) => ({ success: true as const, data });

/** The number in `error.data` that tells errors apart; null when there is none. */
export function errorNumber({ data }: RpcError): number | null {
  const number = typeof data === 'string' && /^\d{1,9}$/.test(data) ? Number(data) : data;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** `Login(partner, username, password) -> UserInfo` (3.2). The partner is what new customers go below by default. */
export const loginResultSchema = z.object({ result: z.object({ PartnerId: looseId }) });

/** `AddPartner(...) -> int` (3.4). */
export const addPartnerResultSchema = z.object({ result: id });

/** What a method answers that has nothing to say, such as `ModifyPartner`: null at the outer level (3.1). */
export const voidResultSchema = z.null();

// PartnerInfo as read: the id is needed, everything else is tolerated, as the live service is newer than the schema.
export const partnerViewSchema = z.object({
  Id: id,
  ParentId: looseId,
  Name: looseText,
  Level: looseText,
  State: looseText,
  ExternalCode: looseText,
  ServiceType: looseText,
  ChildServiceTypes: z.optional(z.nullable(z.array(z.string()))),
  LocationId: looseId,
  CreationTime: z.optional(z.nullable(z.number())),
  Company: z.optional(
    z.nullable(
      z.object({
        LegalCompanyName: looseText,
        PostAddress: z.optional(z.nullable(z.object({ Country: looseText, City: looseText }))),
      }),
    ),
  ),
});
export type PartnerView = z.infer<typeof partnerViewSchema>;

export const partnerResultSchema = z.object({ result: partnerViewSchema });
export const partnersResultSchema = z.object({ result: z.array(partnerViewSchema) });

const childSchema = z.object({ Info: partnerViewSchema, ActualChildCount: z.optional(z.nullable(z.number())) });
export type ChildView = z.infer<typeof childSchema>;

/** PartnerTreeNode of `EnumerateChildPartners`: the node asked for, and one page of its children. */
export const childPartnersResultSchema = z.object({
  result: z.object({
    ActualChildCount: z.optional(z.nullable(z.number())),
    Children: z.optional(z.nullable(z.array(childSchema))),
  }),
});

const namedSchema = z.object({ Id: z.int(), Name: looseText });
/** `EnumerateLocations`, `EnumerateRegions`: `[{ Id, Name, … }]`. */
export const namedListResultSchema = z.object({ result: z.array(namedSchema) });
