/**
 * AvePoint Elements' fixed words (vendor-apis.md 1.3, 1.5, 1.8, 1.10). Client-safe. Nothing public gives lengths of texts,
 * rules for passwords or rules for tags, so none are made up here.
 */

/**
 * The vendor's contract as of July 2026, and its first public draft of September 2025. Of a new customer they differ in
 * one field: the draft requires `managementMode`.
 */
export const profiles = ['2026-07', '2025-09'] as const;
export type Profile = (typeof profiles)[number];

/** The contract that a connection speaks; one that says nothing speaks the current one. */
export function toProfile(profile: string | null): Profile {
  return profiles.find((one) => one === profile) ?? profiles[0];
}

/** Fields of the customer in the vendor's order, and whether it requires them. */
export const accountFields = {
  organizationName: { required: true },
  registrationAccount: { required: true },
  firstName: { required: true },
  lastName: { required: true },
  countryCode: { required: true },
  telephoneNumber: { required: false },
} as const;
export type AccountField = keyof typeof accountFields;

export const accountFieldNames = [
  'organizationName',
  'registrationAccount',
  'firstName',
  'lastName',
  'countryCode',
  'telephoneNumber',
] as const satisfies readonly AccountField[];

/** Who manages the customer's tenant. Empty: left open in the current contract, "no" in the draft, which always has it. */
export const managementModes = ['yes', 'no'] as const;

/** The vendor's closed list; no endpoint returns it. Names are the vendor's own. */
export const dataCenters: readonly { readonly id: string; readonly region: string }[] = [
  { id: '0b635b49-4c56-4e52-800a-1fa79b2d5b08', region: 'Australia Southeast' },
  { id: '7b9835ec-7299-4177-85e3-ba5cb3b2e041', region: 'Canada Central' },
  { id: 'e44bb3ed-f1d8-4055-8c77-c8fd8cd63409', region: 'East US' },
  { id: '49681f94-26a7-4825-aca2-df2eca7c0f81', region: 'France Central' },
  { id: 'ab2faf29-9e66-45ce-bf37-32f8cf484fb2', region: 'GCP Australia Southeast' },
  { id: '7bd9748b-b52b-4e4d-9389-e70dccee3b2d', region: 'GCP East US' },
  { id: '4f77581e-1a6f-47fd-9f68-9134a4f6989b', region: 'GCP Japan' },
  { id: '8998f218-708f-4084-8647-32ed67042487', region: 'GCP South Korea' },
  { id: 'e38cb1b7-efa9-490e-ab46-83b45a94d1da', region: 'GCP West Europe' },
  { id: '3225f6f8-a98c-425e-8279-c6696d99659d', region: 'Germany West Central' },
  { id: 'ca577c72-83bd-454c-af62-da3d0586691d', region: 'Japan West' },
  { id: 'e4f66389-8219-4432-9af1-01a9fe62a640', region: 'Korea Central' },
  { id: 'f1cdd2b2-ac32-4509-8784-fb2b947ef519', region: 'North Europe' },
  { id: '0d4a9846-97ad-4c09-bb1c-8fbe93eaf3c6', region: 'Southeast Asia' },
  { id: 'f8ccd75d-d979-417c-96ee-ae256a3af091', region: 'Switzerland North' },
  { id: 'd95b9c82-a426-400f-8256-70646fdd1b4f', region: 'UK South' },
  { id: '4f93bdff-9b11-47b9-aa68-a86bfa09f61c', region: 'West Europe' },
  { id: 'd9210f50-bdb1-4f8f-a2bb-99694d11f2da', region: 'US Gov Virginia' },
];
/** Belongs to the US Government environment, which has hosts of its own. */
export const governmentDataCenter = 'd9210f50-bdb1-4f8f-a2bb-99694d11f2da';

export const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The `status` of an onboarding that the vendor documents, and what it comes to for us. */
export const onboardStatuses = {
  1: 'succeeded',
  2: 'may-exist', // adding to the current partner failed
  3: 'may-exist', // customer does not exist
  4: 'may-exist', // registering the customer failed
  5: 'already-exists', // already managed by the current partner
  6: 'refused', // the same as the current partner
  7: 'already-exists', // customer already exists
} as const;
export type OnboardStatus = keyof typeof onboardStatuses;

export const defaultBaseUrl = 'https://graph.avepointonlineservices.com';
export const defaultTokenUrl = 'https://identity.avepointonlineservices.com/connect/token';

/** What onboarding and looking up need. One permission per endpoint: `readwrite` is not said to include `read`. */
export const defaultScope = [
  'elements.customers.read.all',
  'elements.customers.readwrite.all',
  'elements.license.read.all',
  'elements.license.readwrite.all',
].join(' ');
/** A longer scope string is refused by the vendor's sign-in. */
export const scopeMax = 300;
