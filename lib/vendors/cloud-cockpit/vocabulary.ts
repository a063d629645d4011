/**
 * Cloud Cockpit's fixed words and limits (vendor-apis.md 2.4, 2.7). Client-safe. Enumerations travel as `{ name }` and
 * appear in several casings at the vendor; they are sent in the casing of its sample and compared without case.
 */

export const marginRules = ['markup', 'margin', 'splitMargin', 'erpMinusDiscount'] as const;

export const agreementStatuses = [
  'required',
  'linkgenerated',
  'customeraccepted',
  'linkexpired',
  'agreementcreated',
] as const;

export const offerTypes = [
  'license',
  'licenseLegacy',
  'softwareSubscription',
  'perpetualSoftware',
  'azurePlan',
  'azureReservation',
  'azureLegacy',
  'azureSavingsPlan',
] as const;

/** Fields of the company and its contact, in the vendor's order: longest text and whether the vendor requires it. */
export const companyFields = {
  companyName: { max: 255, required: true },
  taxId: { max: 255, required: false },
  country: { max: 2, required: true },
  addressLine1: { max: 255, required: true },
  addressLine2: { max: 255, required: false },
  city: { max: 255, required: true },
  state: { max: 255, required: true },
  zip: { max: 30, required: true },
  firstName: { max: 255, required: true },
  middleName: { max: 255, required: false },
  lastName: { max: 255, required: true },
  email: { max: 255, required: true },
  phone: { max: 30, required: true },
} as const;
export type CompanyField = keyof typeof companyFields;

export const companyFieldNames = [
  'companyName',
  'taxId',
  'country',
  'addressLine1',
  'addressLine2',
  'city',
  'state',
  'zip',
  'firstName',
  'middleName',
  'lastName',
  'email',
  'phone',
] as const satisfies readonly CompanyField[];

export const internalIdentifierMax = 255;
/** The support knowledge base narrows contact names, which the API's own limit does not (2.8). */
export const contactNameMax = 40;

export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Printed in the vendor's documentation (2.2); the Entra tenant and the application are Cloud Cockpit's own. */
export const defaultTokenUrl =
  'https://login.microsoftonline.com/4e806121-ff28-4286-ab4e-3be0a08f9ce0/oauth2/v2.0/token';
export const defaultScope = 'api://b92a36a4-feb8-4f47-a69c-29a180aa6d0a/.default';
