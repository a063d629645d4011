import * as z from 'zod/mini';
import type { CustomerFacts } from '../vendor';
import { agreementStatuses, type CompanyField, companyFieldNames, marginRules, offerTypes } from './vocabulary';

/**
 * The Cloud Cockpit section of the form. Client-safe. An empty text means "take it from the customer's shared facts" or
 * "leave it out", as the derivations below say; rules about content are lint, so that a draft can always be kept.
 */

const text = (fallback = '') => z._default(z.string().check(z.maxLength(2000)), fallback);
const flag = (fallback: boolean) => z._default(z.boolean(), fallback);
const number = () => z._default(z.nullable(z.number()), null);
const list = <T extends z.ZodMiniType>(item: T) => z._default(z.array(item).check(z.maxLength(50)), []);
const ruleChoice = z._default(z.enum(['', ...marginRules]), '');

const signatorySchema = z.object({ firstName: text(), lastName: text(), email: text(), phone: text() });

const agreementSchema = z.object({
  /** Off: the whole block is left out. */
  send: flag(false),
  customerId: text(),
  signatory: z.prefault(signatorySchema, {}),
  status: z._default(z.enum(agreementStatuses), 'required'),
  attestationId: text(),
  /** Dates are `YYYY-MM-DD` and sent as midnight UTC. */
  lastUpdate: text(),
  dateAgreed: text(),
});

const providerDataSchema = z.object({
  domain: text(),
  credentialsEmail: text(),
  /** An attestation by a person about a person: never ticked for anybody. */
  acceptedMca: flag(false),
  agreementDate: text(),
  keepPrimaryInformation: flag(true),
  firstName: text(),
  lastName: text(),
  email: text(),
  phone: text(),
  defaultCulture: text('en-US'),
  language: text('en'),
  associatedPartnerId: text(),
  qualifications: list(z.string().check(z.maxLength(255))),
  enableGdap: flag(false),
});

export const providerCustomerInputSchema = z.object({
  providerInstanceId: text(),
  providerName: text('Microsoft'),
  providerCustomerId: text(),
  data: z.prefault(providerDataSchema, {}),
  margin: z.prefault(z.object({ rule: ruleChoice, value: number() }), {}),
  offerTypeMargins: list(z.object({ offerType: z.enum(offerTypes), rule: ruleChoice, value: number() })),
  agreement: z.prefault(agreementSchema, {}),
});
export type ProviderCustomerInput = z.infer<typeof providerCustomerInputSchema>;

export const cloudCockpitInputSchema = z.object({
  /** Sent only if typed: nothing public says that the vendor honours it. */
  id: text(),
  companyName: text(),
  taxId: text(),
  country: text(),
  addressLine1: text(),
  addressLine2: text(),
  city: text(),
  state: text(),
  zip: text(),
  firstName: text(),
  middleName: text(),
  lastName: text(),
  email: text(),
  phone: text(),
  /** Empty: our correlation id, which makes the customer findable without doubt. */
  internalIdentifier: text(),
  /** Empty: a direct relation with the CSP. Ignored when the partner works through a mapping. */
  resellerId: text(),
  providerCustomers: list(providerCustomerInputSchema),
  /** A field of the vendor's read model; sent only when rows are added. */
  customerAssociations: list(z.object({ resellerId: text(), name: text() })),
});
export type CloudCockpitInput = z.infer<typeof cloudCockpitInputSchema>;

/** The section as it opens. */
export const emptyCloudCockpitInput: CloudCockpitInput = cloudCockpitInputSchema.parse({});

/** A provider customer as it opens when an instance is picked. */
export function emptyProviderCustomer(providerInstanceId: string, providerName: string): ProviderCustomerInput {
  return providerCustomerInputSchema.parse({ providerInstanceId, providerName });
}

/** Where a company field comes from when it is left empty in this section. */
export const factOf = {
  companyName: 'name',
  taxId: 'taxId',
  country: 'country',
  addressLine1: 'addressLine1',
  addressLine2: 'addressLine2',
  city: 'city',
  state: 'state',
  zip: 'zip',
  firstName: 'firstName',
  middleName: 'middleName',
  lastName: 'lastName',
  email: 'email',
  phone: 'phone',
} as const satisfies Record<CompanyField, keyof CustomerFacts>;

/** A company field as it will be sent, and the form field it came from (`customer.<fact>` when derived). */
export interface Derived {
  readonly value: string;
  readonly field: string;
}

export type Company = Readonly<Record<CompanyField, Derived>>;

/** Company and contact as they will be sent: what is typed in this section wins over the shared facts. Trimmed. */
export function toCompany(facts: CustomerFacts, input: CloudCockpitInput): Company {
  const derive = (name: CompanyField): Derived => {
    const typed = input[name].trim();
    if (typed !== '') return { value: name === 'country' ? typed.toUpperCase() : typed, field: name };
    const value = facts[factOf[name]].trim();
    return { value: name === 'country' ? value.toUpperCase() : value, field: `customer.${factOf[name]}` };
  };
  return {
    companyName: derive('companyName'),
    taxId: derive('taxId'),
    country: derive('country'),
    addressLine1: derive('addressLine1'),
    addressLine2: derive('addressLine2'),
    city: derive('city'),
    state: derive('state'),
    zip: derive('zip'),
    firstName: derive('firstName'),
    middleName: derive('middleName'),
    lastName: derive('lastName'),
    email: derive('email'),
    phone: derive('phone'),
  };
}

const dataKeys = [
  'Domain',
  'CredentialsEmail',
  'AcceptedMCA',
  'AgreementDate',
  'KeepPrimaryInformation',
  'FirstName',
  'LastName',
  'Email',
  'Phone',
  'DefaultCulture',
  'Language',
  'AssociatedPartnerId',
  'Qualifications[]',
  'EnableGDAP',
];
const agreementKeys = [
  'customerId',
  'providerInstanceId',
  'signatoryContact.firstName',
  'signatoryContact.lastName',
  'signatoryContact.email',
  'signatoryContact.phone',
  'status.name',
  'attestationId',
  'lastUpdate',
  'dateAgreed',
];

/** What may be stored of a create request: every documented key, nothing else. Syntax: `http/redact.ts`. */
export const keptOfCreate: readonly string[] = [
  'id',
  ...companyFieldNames,
  'internalIdentifier',
  // Of a reseller.
  'zipCode',
  'resellerId',
  'providerCustomers.{uuid}.providerName',
  'providerCustomers.{uuid}.providerInstanceId',
  'providerCustomers.{uuid}.providerCustomerId',
  ...dataKeys.map((key) => `providerCustomers.{uuid}.providerCustomerData#.${key}`),
  'providerCustomers.{uuid}.margin.marginRule.name',
  'providerCustomers.{uuid}.margin.value',
  'providerCustomers.{uuid}.offerTypeMargins.Value.{word}.MarginRule.Name',
  'providerCustomers.{uuid}.offerTypeMargins.Value.{word}.Value',
  ...agreementKeys.map((key) => `providerCustomers.{uuid}.microsoftCustomerAgreement.${key}`),
  'customerAssociations[].resellerId',
  'customerAssociations[].name',
];

/** What may be stored of the error envelope: all of it, as every word helps to mend the request. */
export const keptOfRefusal: readonly string[] = [
  'statusCode',
  'type',
  'description',
  'correlationId',
  'errors[].propertyName',
  'errors[].description',
  'errors[].description[]',
];
