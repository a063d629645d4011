/**
 * Cove's fixed words and numbers (vendor-apis.md 3.3 to 3.5, 3.11). Client-safe. Enumerations travel as strings and are
 * compared exactly: everything at this vendor is case-sensitive.
 */

/** Levels of the tree, highest first: a customer's level has to come after its parent's. */
export const partnerLevels = [
  'Root',
  'SubRoot',
  'Distributor',
  'SubDistributor',
  'Reseller',
  'ServiceOrganization',
  'EndCustomer',
  'Site',
] as const;
export type PartnerLevel = (typeof partnerLevels)[number];

/** Levels that the form offers. The documentation of AddPartner names four; the service itself knows two more. */
export const customerLevels = [
  'Distributor',
  'SubDistributor',
  'Reseller',
  'ServiceOrganization',
  'EndCustomer',
  'Site',
] as const satisfies readonly PartnerLevel[];

/** Levels that a partner may be added at, below those above it. */
export const addedLevels = ['SubRoot', ...customerLevels] as const satisfies readonly PartnerLevel[];

export const documentedLevels: readonly string[] = ['Distributor', 'SubDistributor', 'Reseller', 'EndCustomer'];

export const serviceTypes = ['AllInclusive', 'SoftwareOnly'] as const;

export const partnerStates = [
  'Registered',
  'InProduction',
  'Rejected',
  'InTrial',
  'NotActive',
  'WaitingForProduction',
  'Expired',
] as const;

/** States that a new customer may be given, by the documentation of AddPartner. */
export const customerStates = ['InProduction', 'InTrial'] as const satisfies readonly (typeof partnerStates)[number][];

export const partnerFlags = [
  'HasCustomBranding',
  'HasCustomUpdatePackages',
  'UnsubscribedFromTrialNotifications',
  'CanInvoiceOthers',
] as const;

/** Ids are `int` in the vendor's schema. */
export const largestId = 2_147_483_647;

/** Where in the tree a level stands: greater is lower. Null for a word that is no level. */
export function rankOf(level: string): number | null {
  const levels: readonly string[] = partnerLevels;
  const rank = levels.indexOf(level);
  return rank === -1 ? null : rank;
}

/** The vendor's word for a level, spaced for reading; null for none. */
export function levelWords(level: string): string | null {
  const words = level.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words === '' ? null : words.charAt(0).toUpperCase() + words.slice(1);
}

/** May something be below a partner of this level? A level that is not known yet is given the benefit of the doubt. */
export const mayHaveChildren = (level: string) => level !== 'Site';

/** Members of `Error::Enum` by number: category base plus ordinal (3.3, an inference that fits every number seen). */
export const errorNames: Readonly<Record<number, string>> = {
  1700: 'GenericError',
  1701: 'AuthorizationError',
  1704: 'ServiceUnavailable',
  1709: 'AuthenticationRestricted',
  2100: 'BadUsernameOrPassword',
  2101: 'PartnerNotFound',
  2102: 'GenericServiceError',
  2103: 'AccountStorageProvisioningError',
  2104: 'ParentStateIsNotCorrected',
  2105: 'PartnerCanNotBeRemoved',
  2113: 'PasswordExpired',
  2115: 'PartnerWithSameNameAlreadyExists',
  2116: 'RequestLimitReached',
  13500: 'SecurityGeneric',
  13501: 'SecurityErrorDecorated',
};

/** Stands in a plan where the number is known at sending only: the partner that the sign-in belongs to. */
export const ownParentMarker = '(this connection’s own partner at Cove, read when it is sent)';
/** Stands in a plan where an id is made later. */
export const attemptIdMarker = '(attempt id)';
