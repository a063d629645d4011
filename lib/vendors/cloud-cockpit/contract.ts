import * as z from 'zod/mini';
import { isoCountries } from '../iso-countries';
import {
  agreementStatuses,
  companyFields,
  internalIdentifierMax,
  marginRules,
  offerTypes,
  uuidPattern,
} from './vocabulary';

/**
 * The wire of Cloud Cockpit: requests strict, replies loose. Documentation: developer.cloudcockpit.com (Bump.sh), as
 * recorded in vendor-apis.md section 2 and in the founding document 002.
 */

const uuid = z.string().check(z.regex(uuidPattern));
const text = (max: number) => z.string().check(z.regex(/\S/), z.maxLength(max));
const optionalText = (max: number) => z.optional(text(max));
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/));
const country = z.string().check(z.refine((code) => isoCountries.has(code)));

// providerCustomers.<id>.margin (2.4): camelCase here …
const marginSchema = z.strictObject({ marginRule: z.strictObject({ name: z.enum(marginRules) }), value: z.number() });
// … and PascalCase below offerTypeMargins, as the vendor's sample has it.
const offerTypeMarginSchema = z.strictObject({
  MarginRule: z.strictObject({ Name: z.enum(marginRules) }),
  Value: z.number(),
});

const contactSchema = z.strictObject({
  firstName: text(255),
  lastName: text(255),
  email: text(255),
  phone: optionalText(30),
});

// microsoftCustomerAgreement (2.4): seven keys, nulls as in the sample.
const agreementSchema = z.strictObject({
  customerId: z.nullable(uuid),
  providerInstanceId: uuid,
  signatoryContact: z.nullable(contactSchema),
  status: z.strictObject({ name: z.enum(agreementStatuses) }),
  attestationId: z.nullable(text(255)),
  lastUpdate: z.nullable(instant),
  dateAgreed: z.nullable(instant),
});

/** `providerCustomerData` (2.4): fourteen keys in PascalCase, sent as JSON in a string. */
export const providerCustomerDataSchema = z.strictObject({
  Domain: z.nullable(text(255)),
  CredentialsEmail: z.nullable(text(255)),
  AcceptedMCA: z.boolean(),
  AgreementDate: z.nullable(instant),
  KeepPrimaryInformation: z.boolean(),
  FirstName: z.nullable(text(255)),
  LastName: z.nullable(text(255)),
  Email: z.nullable(text(255)),
  Phone: z.nullable(text(30)),
  DefaultCulture: z.nullable(text(20)),
  Language: z.nullable(text(20)),
  AssociatedPartnerId: z.nullable(text(255)),
  Qualifications: z.array(text(255)),
  EnableGDAP: z.boolean(),
});
export type ProviderCustomerData = z.infer<typeof providerCustomerDataSchema>;

function holdsProviderCustomerData(value: string): boolean {
  try {
    return providerCustomerDataSchema.safeParse(JSON.parse(value)).success;
  } catch {
    return false;
  }
}

const providerCustomerSchema = z.strictObject({
  providerName: text(255),
  providerInstanceId: uuid,
  providerCustomerId: z.optional(text(255)),
  providerCustomerData: z.optional(z.string().check(z.refine(holdsProviderCustomerData))),
  margin: z.optional(marginSchema),
  offerTypeMargins: z.optional(z.strictObject({ Value: z.partialRecord(z.enum(offerTypes), offerTypeMarginSchema) })),
  microsoftCustomerAgreement: z.optional(agreementSchema),
});

/** Body of `POST /v1/Customers` (2.4, seed 002). Strict: what breaks it is refused before anything is sent. */
export const createCustomerSchema = z.strictObject({
  id: z.optional(uuid),
  companyName: text(companyFields.companyName.max),
  taxId: optionalText(companyFields.taxId.max),
  country,
  addressLine1: text(companyFields.addressLine1.max),
  addressLine2: optionalText(companyFields.addressLine2.max),
  city: text(companyFields.city.max),
  state: text(companyFields.state.max),
  zip: text(companyFields.zip.max),
  firstName: text(companyFields.firstName.max),
  middleName: optionalText(companyFields.middleName.max),
  lastName: text(companyFields.lastName.max),
  email: text(companyFields.email.max),
  phone: text(companyFields.phone.max),
  internalIdentifier: text(internalIdentifierMax),
  resellerId: z.optional(uuid),
  providerCustomers: z.optional(z.record(uuid, providerCustomerSchema)),
  customerAssociations: z.optional(z.array(z.strictObject({ resellerId: uuid, name: text(255) }))),
});
export type CreateCustomerBody = z.infer<typeof createCustomerSchema>;

/**
 * Body of `POST /v1/Resellers` (2.5; the operation's own page). Like a customer, but `zipCode`, no middle name, and no
 * relation. Its `providerResellers` and `customDomain` are left out: what they hold is not public.
 */
export const createResellerSchema = z.strictObject({
  id: z.optional(uuid),
  companyName: text(companyFields.companyName.max),
  taxId: optionalText(companyFields.taxId.max),
  country,
  addressLine1: text(companyFields.addressLine1.max),
  addressLine2: optionalText(companyFields.addressLine2.max),
  city: text(companyFields.city.max),
  state: text(companyFields.state.max),
  zipCode: text(companyFields.zip.max),
  firstName: text(companyFields.firstName.max),
  lastName: text(companyFields.lastName.max),
  email: text(companyFields.email.max),
  phone: text(companyFields.phone.max),
  internalIdentifier: text(internalIdentifierMax),
});
export type CreateResellerBody = z.infer<typeof createResellerSchema>;

/** Answer of `POST /v1/Customers`: the id, as a JSON string or, by the text/plain formatter, unquoted (2.4). */
export const createdReplySchema = uuid;

const looseText = z.optional(z.nullable(z.string()));

/** Error envelope of 400, 404 and 500 (2.3). 401 and 403 have no documented body. */
export const errorEnvelopeSchema = z.object({
  statusCode: z.optional(z.nullable(z.number())),
  type: looseText,
  description: looseText,
  correlationId: looseText,
  errors: z.optional(
    z.nullable(
      z.array(
        z.object({
          propertyName: looseText,
          // Documented as an array; a single string is taken too, so that no word of the vendor is lost.
          description: z.optional(z.nullable(z.union([z.array(z.nullable(z.string())), z.string()]))),
        }),
      ),
    ),
  ),
});

// The view model of GET is not public (2.6 names it only): the id is needed, everything else is tolerated.
const named = z.optional(z.nullable(z.union([z.string(), z.object({ name: looseText })])));
export const customerViewSchema = z.object({
  id: uuid,
  companyName: looseText,
  name: looseText,
  company: z.optional(z.nullable(z.object({ name: looseText, country: named }))),
  country: named,
  email: looseText,
  internalIdentifier: looseText,
  resellerId: looseText,
  customerAssociations: z.optional(z.nullable(z.array(z.object({ resellerId: looseText })))),
  isDeleted: z.optional(z.nullable(z.boolean())),
  deleted: z.optional(z.nullable(z.boolean())),
  deletedAt: looseText,
  status: named,
});

export const resellerViewSchema = z.object({
  id: uuid,
  companyName: looseText,
  name: looseText,
  country: named,
  city: looseText,
  email: looseText,
  internalIdentifier: looseText,
});

// GET /v1/Providers/Instances (2.5): `provider` and the offer types are enumerations, so `{ name }` or a bare name.
const providerInstanceViewSchema = z.object({
  id: uuid,
  alias: looseText,
  instanceProviderId: looseText,
  provider: named,
  offerTypes: z.optional(z.nullable(z.array(z.union([z.string(), z.object({ name: looseText })])))),
  supportedCountries: z.optional(z.nullable(z.array(z.unknown()))),
});

/** One page of a list (2.6). `items` is needed; a page that does not say whether another follows is the last one. */
const page = <T extends z.ZodMiniType>(item: T) =>
  z.object({
    items: z.array(item),
    hasNextPage: z.optional(z.nullable(z.boolean())),
    totalCount: z.optional(z.nullable(z.number())),
  });

export const customerPageSchema = page(customerViewSchema);
export const resellerPageSchema = page(resellerViewSchema);
export const providerInstancePageSchema = page(providerInstanceViewSchema);

/** The name of an enumeration or object that travels as `{ name }` or as a bare string. */
export function nameOf(value: string | { name?: string | null | undefined } | null | undefined): string | null {
  return (typeof value === 'string' ? value : value?.name) ?? null;
}
