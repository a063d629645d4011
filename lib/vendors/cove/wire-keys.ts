import type { CustomerFacts } from '../vendor';
import { type CoveInput, companyFieldNames, toCompanyField, toDeviceCountry, toName } from './input';

/**
 * Each key of `partnerInfo` and the control of our form that fills it, with what an empty control means. The same table
 * leads a fault of the request back to our fields; a test walks the founding document's tables along it.
 */
export const wireKeys: Readonly<Record<string, { readonly control: string; readonly emptyMeans: string }>> = {
  ParentId: { control: 'parentId', emptyMeans: "the partner's mapping, else the connection's own partner at Cove" },
  Name: { control: 'name', emptyMeans: "the customer's name" },
  Level: { control: 'level', emptyMeans: 'EndCustomer' },
  ServiceType: { control: 'serviceType', emptyMeans: 'left out' },
  ChildServiceTypes: { control: 'childServiceTypes', emptyMeans: 'left out' },
  State: { control: 'state', emptyMeans: 'left out' },
  DeviceCountry: { control: 'deviceCountry', emptyMeans: "the company's country" },
  LocationId: { control: 'locationId', emptyMeans: 'left out: Cove takes the location of the country' },
  Flags: { control: 'flags', emptyMeans: 'left out' },
  ExternalCode: { control: 'externalCode', emptyMeans: 'our correlation id' },
  ...address('Country', 'country', "the customer's country"),
  ...address('State', 'state', "the customer's state or region"),
  ...address('District', 'district', 'left out'),
  ...address('City', 'city', "the customer's city"),
  ...address('ZipCode', 'zipCode', "the customer's postal code"),
  ...address('Address', 'address', "both lines of the customer's address"),
  ...company('PhoneNumber', 'phoneNumber', "the contact's phone"),
  ...company('FaxNumber', 'faxNumber', 'left out'),
  ...company('WebsiteAddress', 'websiteAddress', "the customer's website"),
  ...company('LegalCompanyName', 'legalCompanyName', "the customer's legal name, else its name"),
  ...company('ChamberOfCommerceNumber', 'chamberOfCommerceNumber', 'left out'),
  ...company('VatNumber', 'vatNumber', "the customer's tax id"),
  ...company('BankAccountNumber', 'bankAccountNumber', 'left out'),
  ...company('BillingContactPersonId', 'billingContactPersonId', 'left out'),
  TrialRegistrationTime: { control: 'trialRegistration', emptyMeans: 'left out' },
  TrialExpirationTime: { control: 'trialExpiration', emptyMeans: 'left out' },
  'AdvancedPartnerProperties.RegionId': { control: 'regionId', emptyMeans: 'left out' },
  'AdvancedPartnerProperties.ResponsibleUserId': { control: 'responsibleUserId', emptyMeans: 'left out' },
};

function address(key: string, field: string, emptyMeans: string) {
  return { [`Company.PostAddress.${key}`]: { control: `company.${field}`, emptyMeans } };
}

function company(key: string, field: string, emptyMeans: string) {
  return { [`Company.${key}`]: { control: `company.${field}`, emptyMeans } };
}

/**
 * Leads a path of `partnerInfo` to a field of our form, or to `customer.<fact>` where ours was left empty and the fact
 * filled it.
 * @returns null when it names none of ours
 */
export function toFormField(path: string, facts: CustomerFacts, input: CoveInput): string | null {
  const found = Object.entries(wireKeys).find(([key]) => path === key || path.startsWith(`${key}.`));
  if (found === undefined) return null;
  const { control } = found[1];
  if (control === 'name') return toName(facts, input).field;
  if (control === 'deviceCountry') return toDeviceCountry(facts, input).field;
  const own = companyFieldNames.find((name) => control === `company.${name}`);
  return own === undefined ? control : toCompanyField(facts, input, own).field;
}
