import * as z from 'zod/mini';
import type { CustomerFacts, RequestContext } from '../vendor';
import { toCountryCode } from './country';
import { addedLevels, customerStates, partnerFlags, serviceTypes } from './vocabulary';

/**
 * Cove's section of the form. Client-safe. An empty text means "take it from the customer's shared facts" or "leave it
 * out", as the derivations below say; rules about content are lint, so that a draft can always be kept.
 */

const text = (fallback = '') => z._default(z.string().check(z.maxLength(2000)), fallback);

const companySchema = z.object({
  country: text(),
  state: text(),
  district: text(),
  city: text(),
  zipCode: text(),
  address: text(),
  phoneNumber: text(),
  faxNumber: text(),
  websiteAddress: text(),
  legalCompanyName: text(),
  chamberOfCommerceNumber: text(),
  vatNumber: text(),
  bankAccountNumber: text(),
  billingContactPersonId: text(),
});

export const coveInputSchema = z.object({
  /** Empty: the partner's mapping, else the connection's own partner at Cove. */
  parentId: text(),
  /** What the picker said of the parent; not sent. */
  parentName: text(),
  parentLevel: text(),
  name: text(),
  level: z._default(z.enum(addedLevels), 'EndCustomer'),
  /** Empty choices are left out. */
  serviceType: z._default(z.enum(['', ...serviceTypes]), 'AllInclusive'),
  childServiceTypes: z._default(z.array(z.enum(serviceTypes)).check(z.maxLength(10)), ['AllInclusive']),
  state: z._default(z.enum(['', ...customerStates]), 'InProduction'),
  deviceCountry: text(),
  /** Empty: Cove takes the location of the country. */
  locationId: text(),
  flags: z._default(z.array(z.enum(partnerFlags)).check(z.maxLength(10)), []),
  /** Empty: our correlation id, which makes the customer findable without doubt. */
  externalCode: text(),
  company: z.prefault(companySchema, {}),
  /** Days as `YYYY-MM-DD`: a trial begins with its first second and ends with its last, in UTC. */
  trialRegistration: text(),
  trialExpiration: text(),
  regionId: text(),
  responsibleUserId: text(),
  createDefaultAccount: z._default(z.boolean(), false),
});
export type CoveInput = z.infer<typeof coveInputSchema>;

/** The section as it opens. */
export const emptyCoveInput: CoveInput = coveInputSchema.parse({});

export const companyFieldNames = [
  'legalCompanyName',
  'vatNumber',
  'phoneNumber',
  'websiteAddress',
  'country',
  'state',
  'district',
  'city',
  'zipCode',
  'address',
  'faxNumber',
  'chamberOfCommerceNumber',
  'bankAccountNumber',
  'billingContactPersonId',
] as const satisfies readonly (keyof CoveInput['company'])[];
export type CompanyField = (typeof companyFieldNames)[number];

/** A value as it will be sent, and the form field it came from (`customer.<fact>` when derived). */
export interface Derived {
  readonly value: string;
  readonly field: string;
}

type Fact = keyof CustomerFacts;

/** Where a field of the company comes from when it is left empty in this section; null: nowhere, it is left out. */
export const factOf: Readonly<Record<CompanyField, Fact | null>> = {
  legalCompanyName: 'legalName',
  vatNumber: 'taxId',
  phoneNumber: 'phone',
  websiteAddress: 'website',
  country: 'country',
  state: 'state',
  district: null,
  city: 'city',
  zipCode: 'zip',
  address: 'addressLine1',
  faxNumber: null,
  chamberOfCommerceNumber: null,
  bankAccountNumber: null,
  billingContactPersonId: null,
};

/** What the shared facts give for a field of the company. Both lines of the address become one; trimmed. */
export function deriveCompany(facts: CustomerFacts, name: CompanyField): string {
  const fact = factOf[name];
  if (fact === null) return '';
  const value = facts[fact].trim();
  if (name === 'address') return [value, facts.addressLine2.trim()].filter((line) => line !== '').join(', ');
  if (name === 'legalCompanyName' && value === '') return facts.name.trim();
  return value;
}

/** A field of the company as it will be sent: what is typed in this section wins over the shared facts. */
export function toCompanyField(facts: CustomerFacts, input: CoveInput, name: CompanyField): Derived {
  const typed = input.company[name].trim();
  const fact = factOf[name];
  const ownFact = name === 'legalCompanyName' && facts.legalName.trim() === '' ? 'name' : fact;
  const derived: Derived =
    typed !== '' || ownFact === null
      ? { value: typed, field: `company.${name}` }
      : { value: deriveCompany(facts, name), field: `customer.${ownFact}` };
  return name === 'country' ? { ...derived, value: toCountryCode(derived.value) ?? derived.value } : derived;
}

/** The customer's name at Cove. */
export function toName(facts: CustomerFacts, input: CoveInput): Derived {
  const typed = input.name.trim();
  return typed === '' ? { value: facts.name.trim(), field: 'customer.name' } : { value: typed, field: 'name' };
}

/** The country of the devices: what is typed, else the company's. */
export function toDeviceCountry(facts: CustomerFacts, input: CoveInput): Derived {
  const typed = input.deviceCountry.trim();
  if (typed === '') return toCompanyField(facts, input, 'country');
  return { value: toCountryCode(typed) ?? typed, field: 'deviceCountry' };
}

/** The parent's id: the one picked, else the mapping's; empty for the connection's own partner at Cove. */
export function toParent(input: CoveInput, { mappingId }: Pick<RequestContext, 'mappingId'>): string {
  const picked = input.parentId.trim();
  return picked === '' ? (mappingId ?? '') : picked;
}

/** The code that is sent: what was typed, else our correlation id, by which the customer can be found again. */
export function toExternalCode(input: CoveInput, { correlationId }: Pick<RequestContext, 'correlationId'>): string {
  const typed = input.externalCode.trim();
  return typed === '' ? correlationId : typed;
}

const partnerInfoKeys = [
  'ParentId',
  'Name',
  'Level',
  'ServiceType',
  'ChildServiceTypes[]',
  'State',
  'DeviceCountry',
  'LocationId',
  'Flags[]',
  'ExternalCode',
  ...['Country', 'State', 'District', 'City', 'ZipCode', 'Address'].map((key) => `Company.PostAddress.${key}`),
  ...[
    'PhoneNumber',
    'FaxNumber',
    'WebsiteAddress',
    'LegalCompanyName',
    'ChamberOfCommerceNumber',
    'VatNumber',
    'BankAccountNumber',
    'BillingContactPersonId',
  ].map((key) => `Company.${key}`),
  'TrialRegistrationTime',
  'TrialExpirationTime',
  'AdvancedPartnerProperties.RegionId',
  'AdvancedPartnerProperties.ResponsibleUserId',
];

/** What may be stored of a request: every documented key of AddPartner. Visa and password are seen, never kept. */
export const keptOfCreate: readonly string[] = [
  'jsonrpc',
  'id',
  '-visa',
  'method',
  ...partnerInfoKeys.map((key) => `params.partnerInfo.${key}`),
  'params.createDefaultAccount',
];

/** What may be stored of a sign-in. */
export const keptOfLogin: readonly string[] = [
  'jsonrpc',
  'id',
  'method',
  'params.partner',
  'params.username',
  '-params.password',
];

/** What may be stored of a read: which page of what, never a name that was looked for. */
export const keptOfRead: readonly string[] = [
  'jsonrpc',
  'id',
  '-visa',
  'method',
  'params.partnerId',
  'params.parentPartnerId',
  'params.fetchRecursively',
  'params.fields[]',
  'params.range.Offset',
  'params.range.Size',
  'params.partnerFilter.SortOrder',
  '-params.partnerFilter.NamePattern',
  '-params.partnerFilter.ExternalCodePattern',
  '-params.name',
];

/** What may be stored of an answer: the new id, or every word of the error. */
export const keptOfReply: readonly string[] = [
  'jsonrpc',
  'id',
  '-visa',
  'result.result',
  'error.code',
  'error.message',
  'error.data',
];
