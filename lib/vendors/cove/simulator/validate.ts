import { isoCountries } from '../../iso-countries';
import { type Body, isBody } from '../../simulator/request';

/** What the server refuses in `partnerInfo` for its types alone (3.4, 3.5, 3.11). Unknown keys are ignored. */

export const levels = [
  'Root',
  'SubRoot',
  'Distributor',
  'SubDistributor',
  'Reseller',
  'ServiceOrganization',
  'EndCustomer',
  'Site',
];
const serviceTypes = ['Undefined', 'AllInclusive', 'SoftwareOnly'];
const states = [
  'Undefined',
  'Registered',
  'InProduction',
  'Rejected',
  'InTrial',
  'NotActive',
  'WaitingForProduction',
  'Expired',
];
const flags = [
  'Undefined',
  'HasCustomBranding',
  'HasCustomUpdatePackages',
  'UnsubscribedFromTrialNotifications',
  'CanInvoiceOthers',
];

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isInt: Check = (value) =>
  Number.isInteger(value) && Number(value) >= -2_147_483_648 && Number(value) <= 2_147_483_647;
const isTime: Check = (value) => Number.isSafeInteger(value);
const oneOf =
  (members: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && members.includes(value);
const listOf =
  (members: readonly string[]): Check =>
  (value) =>
    value === null || (Array.isArray(value) && value.every(oneOf(members)));

const partnerInfo: Readonly<Record<string, Check>> = {
  Id: isInt,
  ParentId: isInt,
  Name: (value) => typeof value === 'string' && value !== '',
  Level: oneOf(['Undefined', ...levels]),
  ServiceType: oneOf(serviceTypes),
  ChildServiceTypes: listOf(serviceTypes),
  State: oneOf(states),
  DeviceCountry: isText,
  LocationId: isInt,
  Flags: listOf(flags),
  ExternalCode: isText,
  Company: isBody,
  TrialRegistrationTime: isTime,
  TrialExpirationTime: isTime,
  AdvancedPartnerProperties: isBody,
};

const company: Readonly<Record<string, Check>> = {
  PostAddress: (value) => value === null || isBody(value),
  PhoneNumber: isText,
  FaxNumber: isText,
  WebsiteAddress: isText,
  LegalCompanyName: isText,
  ChamberOfCommerceNumber: isText,
  VatNumber: isText,
  BankAccountNumber: isText,
  BillingContactPersonId: isInt,
};

const postAddress: Readonly<Record<string, Check>> = {
  Country: isText,
  State: isText,
  District: isText,
  City: isText,
  ZipCode: isText,
  Address: isText,
};

const properties: Readonly<Record<string, Check>> = { RegionId: isInt, ResponsibleUserId: isInt };

/** The first field whose type is wrong, as a sentence, or null. Keys are case-sensitive: `name` is not `Name`. */
export function complain(info: Body): string | null {
  return (
    walk('partnerInfo', info, partnerInfo) ??
    walk('partnerInfo.Company', info.Company, company) ??
    walk('partnerInfo.Company.PostAddress', addressOf(info), postAddress) ??
    walk('partnerInfo.AdvancedPartnerProperties', info.AdvancedPartnerProperties, properties)
  );
}

function walk(at: string, value: unknown, checks: Readonly<Record<string, Check>>): string | null {
  if (!isBody(value)) return null;
  const wrong = Object.entries(value).find(([key, inner]) => checks[key]?.(inner) === false);
  return wrong === undefined ? null : `Parameter ${at}.${wrong[0]} has a wrong type or value.`;
}

export function addressOf(info: Body): Body {
  const held = isBody(info.Company) ? info.Company.PostAddress : null;
  return isBody(held) ? held : {};
}

/** The country of the address as a code: an ISO code, or the English name; null for what is neither (seed). */
export function countryOf(info: Body): { readonly given: boolean; readonly code: string | null } {
  const { Country } = addressOf(info);
  if (typeof Country !== 'string' || Country === '') return { given: false, code: null };
  if (isoCountries.has(Country.toUpperCase())) return { given: true, code: Country.toUpperCase() };
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const code = [...isoCountries].find((one) => names.of(one)?.toLowerCase() === Country.toLowerCase()) ?? null;
  return { given: true, code };
}
