import { isoCountries } from '../../iso-countries';
import { type Body, isBody } from '../../simulator/request';
import type { SimulatorData } from './state';

/** What the server refuses in a create request, from vendor-apis.md 2.4, 2.7 and 2.8. Unknown keys are tolerated. */
export interface Complaint {
  readonly propertyName: string;
  readonly description: readonly string[];
}

// Field, longest text, required: the table of 2.4.
const fields: readonly (readonly [string, number, boolean])[] = [
  ['companyName', 255, true],
  ['taxId', 255, false],
  ['country', 255, true],
  ['addressLine1', 255, true],
  ['addressLine2', 255, false],
  ['city', 255, true],
  ['state', 255, true],
  ['zip', 30, true],
  ['firstName', 255, true],
  ['middleName', 255, false],
  ['lastName', 255, true],
  ['email', 255, true],
  ['phone', 30, true],
  ['internalIdentifier', 255, false],
];

// The operation's own page: no middle name, `zipCode`.
const resellerFields = fields
  .filter(([name]) => name !== 'middleName')
  .map(([name, max, required]) => [name === 'zip' ? 'zipCode' : name, max, required] as const);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const marginRules = ['markup', 'margin', 'splitmargin', 'erpminusdiscount'];
const mcaStatuses = ['required', 'linkgenerated', 'customeraccepted', 'linkexpired', 'agreementcreated'];
const offerTypes = [
  'license',
  'licenselegacy',
  'softwaresubscription',
  'perpetualsoftware',
  'azureplan',
  'azurereservation',
  'azurelegacy',
  'azuresavingsplan',
];

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const say = (propertyName: string, ...description: string[]): Complaint => ({ propertyName, description });

/** Reads a key as the server's model binder does: without regard to case. */
export function read(body: Body, name: string): unknown {
  const key = Object.keys(body).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : body[key];
}

export function readText(body: Body, name: string): string | null {
  const value = read(body, name);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function validateCreate(body: Body, data: SimulatorData): Complaint[] {
  const complaints = fields.flatMap(([name, max, required]) => validateText(body, name, max, required));
  const country = readText(body, 'country');
  if (country !== null && !isoCountries.has(country)) {
    complaints.push(say('Country', 'Country must be an ISO 3166-1 alpha-2 code.'));
  }
  complaints.push(...validateNames(body));
  for (const name of ['id', 'resellerId']) {
    const value = read(body, name);
    if (value == null) continue;
    if (typeof value !== 'string' || !uuid.test(value)) complaints.push(say(pascal(name), `${name} must be a GUID.`));
  }
  const resellerId = readText(body, 'resellerId');
  if (resellerId !== null && uuid.test(resellerId) && !data.resellers.some((one) => sameId(one.id, resellerId))) {
    complaints.push(say('ResellerId', 'The reseller was not found.'));
  }
  complaints.push(...validateProviders(read(body, 'providerCustomers'), data));
  return complaints;
}

/** What the server refuses in `POST /v1/Resellers`. Unknown keys are tolerated. */
export function validateReseller(body: Body): Complaint[] {
  const complaints = resellerFields.flatMap(([name, max, required]) => validateText(body, name, max, required));
  const country = readText(body, 'country');
  if (country !== null && !isoCountries.has(country)) {
    complaints.push(say('Country', 'Country must be an ISO 3166-1 alpha-2 code.'));
  }
  const id = read(body, 'id');
  if (id != null && (typeof id !== 'string' || !uuid.test(id))) complaints.push(say('Id', 'id must be a GUID.'));
  return [...complaints, ...validateNames(body)];
}

export const sameId = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function validateText(body: Body, name: string, max: number, required: boolean): Complaint[] {
  const value = read(body, name);
  if (value != null && typeof value !== 'string') {
    return [say(`$.${name}`, 'The JSON value could not be converted to System.String.')];
  }
  if (value == null || value.trim() === '') {
    return required ? [say(pascal(name), `'${pascal(name)}' must not be empty.`)] : [];
  }
  if (value.length > max) {
    const said = `The length of '${pascal(name)}' must be ${max} characters or fewer. You entered ${value.length} characters.`;
    return [say(pascal(name), said)];
  }
  return [];
}

// Support knowledge base (2.8). "A bare abbreviation" is not defined there and is let through.
function validateNames(body: Body): Complaint[] {
  const complaints: Complaint[] = [];
  const company = readText(body, 'companyName');
  if (company !== null) {
    const name = company.trim();
    if (name.length === 1) complaints.push(say('CompanyName', 'The company name cannot be one character.'));
    else if (!/[\p{L}\p{N}]/u.test(name)) {
      complaints.push(say('CompanyName', 'The company name cannot be only special characters.'));
    } else if (/^(\S\s+)+\S$/u.test(name)) {
      complaints.push(say('CompanyName', 'The company name cannot be single spaced characters.'));
    } else if (/(\S)\1\1/iu.test(name)) {
      complaints.push(say('CompanyName', 'The company name cannot repeat a character three or more times.'));
    }
  }
  for (const name of ['firstName', 'lastName']) {
    const value = readText(body, name)?.trim();
    if (value === undefined) continue;
    if (value.length === 1) complaints.push(say(pascal(name), 'A contact name cannot be one character.'));
    if (value.length > 40 && value.length <= 255) {
      complaints.push(say(pascal(name), 'A contact name can have at most 40 characters.'));
    }
    if (['test', 'admin', 'nobody'].includes(value.toLowerCase())) {
      complaints.push(say(pascal(name), `A contact name cannot be '${value}'.`));
    }
  }
  const email = readText(body, 'email');
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email))
    complaints.push(say('Email', 'Email is not a valid address.'));
  if (email !== null && /@microsoft\.com$/i.test(email))
    complaints.push(say('Email', 'Email cannot be at microsoft.com.'));
  return complaints;
}

function validateProviders(value: unknown, data: SimulatorData): Complaint[] {
  if (value == null) return [];
  if (!isBody(value)) return [say('$.providerCustomers', 'The JSON value could not be converted to a dictionary.')];
  return Object.entries(value).flatMap(([instanceId, provider]) => {
    const at = `ProviderCustomers[${instanceId}]`;
    if (!uuid.test(instanceId) || !data.instances.some((one) => sameId(one.id, instanceId))) {
      return [say(at, 'The provider instance was not found.')];
    }
    if (!isBody(provider)) return [say(at, 'The JSON value could not be converted.')];
    const inner = readText(provider, 'providerInstanceId');
    return [
      ...(inner !== null && !sameId(inner, instanceId)
        ? [say(`${at}.ProviderInstanceId`, 'The instance must be the key of the entry.')]
        : []),
      ...validateProviderData(at, read(provider, 'providerCustomerData')),
      ...validateMargin(`${at}.Margin`, read(provider, 'margin')),
      ...validateOfferTypes(`${at}.OfferTypeMargins`, read(provider, 'offerTypeMargins')),
      ...validateAgreement(`${at}.MicrosoftCustomerAgreement`, read(provider, 'microsoftCustomerAgreement')),
    ];
  });
}

function validateProviderData(at: string, value: unknown): Complaint[] {
  if (value == null) return [];
  const field = `${at}.ProviderCustomerData`;
  if (typeof value !== 'string') return [say(field, 'The JSON value could not be converted to System.String.')];
  const inner = parse(value);
  if (!isBody(inner)) return [say(field, 'The data is not a JSON document.')];
  const complaints: Complaint[] = [];
  const text = (name: string) => {
    const one = inner[name];
    if (one != null && typeof one !== 'string') complaints.push(say(`${field}.${name}`, 'A text is expected.'));
  };
  for (const name of ['Domain', 'CredentialsEmail', 'FirstName', 'LastName', 'Email', 'Phone']) text(name);
  for (const name of ['AcceptedMCA', 'KeepPrimaryInformation', 'EnableGDAP']) {
    const one = inner[name];
    if (one != null && typeof one !== 'boolean') complaints.push(say(`${field}.${name}`, 'True or false is expected.'));
  }
  if (inner.AcceptedMCA === true && inner.AgreementDate == null) {
    complaints.push(say(`${field}.AgreementDate`, 'The date of the agreement is required once it is accepted.'));
  }
  if (typeof inner.AgreementDate === 'string' && Number.isNaN(Date.parse(inner.AgreementDate))) {
    complaints.push(say(`${field}.AgreementDate`, 'The date is not valid.'));
  }
  return complaints;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function validateMargin(at: string, value: unknown): Complaint[] {
  if (value == null) return [];
  if (!isBody(value)) return [say(at, 'The JSON value could not be converted.')];
  const rule = read(value, 'marginRule');
  const name = isBody(rule) ? readText(rule, 'name') : null;
  return [
    ...(name === null || !marginRules.includes(name.toLowerCase())
      ? [say(`${at}.MarginRule`, 'Unknown margin rule.')]
      : []),
    ...(typeof read(value, 'value') === 'number' ? [] : [say(`${at}.Value`, 'A number is expected.')]),
  ];
}

function validateOfferTypes(at: string, value: unknown): Complaint[] {
  if (value == null) return [];
  const entries = isBody(value) ? read(value, 'Value') : undefined;
  if (!isBody(entries)) return [say(at, 'The JSON value could not be converted.')];
  return Object.entries(entries).flatMap(([offerType, margin]) =>
    offerTypes.includes(offerType.toLowerCase())
      ? validateMargin(`${at}.Value[${offerType}]`, margin)
      : [say(`${at}.Value[${offerType}]`, 'Unknown offer type.')],
  );
}

function validateAgreement(at: string, value: unknown): Complaint[] {
  if (value == null) return [];
  if (!isBody(value)) return [say(at, 'The JSON value could not be converted.')];
  const status = read(value, 'status');
  const name = isBody(status) ? readText(status, 'name') : null;
  const ids = ['customerId', 'providerInstanceId'].flatMap((field) => {
    const id = read(value, field);
    return id == null || (typeof id === 'string' && uuid.test(id))
      ? []
      : [say(`${at}.${pascal(field)}`, 'A GUID is expected.')];
  });
  return name !== null && mcaStatuses.includes(name.toLowerCase())
    ? ids
    : [...ids, say(`${at}.Status`, 'Unknown status.')];
}
