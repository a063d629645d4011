import type { CustomerFacts } from '../vendor';
import { type CloudCockpitInput, toCompany } from './input';
import { companyFieldNames } from './vocabulary';

/**
 * Each key of the vendor's request and the control of our form that fills it. `*` is a dynamic key (an instance's id, an
 * offer type), `#` the row in our form. The same table leads the vendor's complaints back onto our fields; a test walks
 * the founding document's sample along it.
 */
export const wireKeys: Readonly<Record<string, { readonly control: string; readonly emptyMeans: string }>> = {
  id: { control: 'id', emptyMeans: 'left out: the vendor makes the id' },
  ...Object.fromEntries(
    companyFieldNames.map((name) => [name, { control: name, emptyMeans: 'the shared fact of the customer' }]),
  ),
  internalIdentifier: { control: 'internalIdentifier', emptyMeans: 'our correlation id' },
  resellerId: { control: 'resellerId', emptyMeans: 'the mapping of the partner, else a direct relation with the CSP' },
  'providerCustomers.*': { control: 'providerCustomers.#', emptyMeans: 'left out: no provider' },
  'providerCustomers.*.providerName': { control: 'providerCustomers.#.providerName', emptyMeans: 'refused by lint' },
  'providerCustomers.*.providerInstanceId': {
    control: 'providerCustomers.#.providerInstanceId',
    emptyMeans: 'refused by lint; also the key of the map',
  },
  'providerCustomers.*.providerCustomerId': {
    control: 'providerCustomers.#.providerCustomerId',
    emptyMeans: 'left out: no customer at the provider yet',
  },
  ...data('Domain', 'domain', 'null'),
  ...data('CredentialsEmail', 'credentialsEmail', "the contact's e-mail"),
  ...data('AcceptedMCA', 'acceptedMca', 'false: never ticked for anybody'),
  ...data('AgreementDate', 'agreementDate', 'null; needed once the agreement is accepted'),
  ...data('KeepPrimaryInformation', 'keepPrimaryInformation', 'true'),
  ...data('FirstName', 'firstName', "the contact's first name"),
  ...data('LastName', 'lastName', "the contact's last name"),
  ...data('Email', 'email', "the contact's e-mail"),
  ...data('Phone', 'phone', "the contact's phone"),
  ...data('DefaultCulture', 'defaultCulture', 'null'),
  ...data('Language', 'language', 'null'),
  ...data('AssociatedPartnerId', 'associatedPartnerId', 'null'),
  ...data('Qualifications', 'qualifications', 'an empty list'),
  ...data('EnableGDAP', 'enableGdap', 'false'),
  'providerCustomers.*.margin.marginRule.name': {
    control: 'providerCustomers.#.margin.rule',
    emptyMeans: 'no margin is sent',
  },
  'providerCustomers.*.margin.value': { control: 'providerCustomers.#.margin.value', emptyMeans: 'no margin is sent' },
  'providerCustomers.*.offerTypeMargins.Value.*.MarginRule.Name': {
    control: 'providerCustomers.#.offerTypeMargins.#.rule',
    emptyMeans: 'the row is not sent',
  },
  'providerCustomers.*.offerTypeMargins.Value.*.Value': {
    control: 'providerCustomers.#.offerTypeMargins.#.value',
    emptyMeans: 'the row is not sent',
  },
  ...agreement('customerId', 'customerId', "the customer's typed id, else null"),
  ...agreement('providerInstanceId', null, 'always the instance of this row'),
  ...agreement('signatoryContact', 'signatory', 'null'),
  ...agreement('status.name', 'status', 'required'),
  ...agreement('attestationId', 'attestationId', 'null'),
  ...agreement('lastUpdate', 'lastUpdate', 'null'),
  ...agreement('dateAgreed', 'dateAgreed', 'null'),
  'customerAssociations.#.resellerId': { control: 'customerAssociations.#.resellerId', emptyMeans: 'refused by lint' },
  'customerAssociations.#.name': { control: 'customerAssociations.#.name', emptyMeans: 'refused by lint' },
};

function data(key: string, field: string, emptyMeans: string) {
  const control = `providerCustomers.#.data.${field}`;
  return { [`providerCustomers.*.providerCustomerData.${key}`]: { control, emptyMeans } };
}

function agreement(key: string, field: string | null, emptyMeans: string) {
  const control = field === null ? 'providerCustomers.#.providerInstanceId' : `providerCustomers.#.agreement.${field}`;
  return { [`providerCustomers.*.microsoftCustomerAgreement.${key}`]: { control, emptyMeans } };
}

/** Names by which the vendor may call a company field elsewhere (search fields, reseller model). */
const aliases: ReadonlyMap<string, readonly string[]> = new Map([
  ['company.name', ['companyname']],
  ['zipcode', ['zip']],
  ['postalcode', ['zip']],
]);

const patterns = Object.entries(wireKeys).map(([path, { control }]) => ({
  keys: path.toLowerCase().split('.'),
  control,
}));

/**
 * Leads a vendor's `propertyName` back to a field of our form: without regard to case, with dots or brackets, with a
 * leading `$` or model name. Answers `customer.<fact>` where our field was left empty and the fact filled it.
 * @returns null when it names none of ours
 */
export function toFormField(propertyName: string, facts: CustomerFacts, input: CloudCockpitInput): string | null {
  const keys = propertyName
    .toLowerCase()
    .split(/[.[\]/'"]+/)
    .filter((key) => key !== '' && key !== '$');
  for (let from = 0; from < keys.length; from += 1) {
    const rest = keys.slice(from);
    const tail = aliases.get(rest.join('.')) ?? rest;
    const found = matchWhole(tail, input) ?? (from === 0 ? null : matchInner(tail, input));
    if (found !== null) return toFact(found, facts, input);
  }
  return matchInner(keys, input) ?? matchBeginning(keys, input);
}

/** `providerCustomers[<id>].margin.value` and the like: the path as the request has it. */
function matchWhole(keys: readonly string[], input: CloudCockpitInput): string | null {
  for (const { keys: pattern, control } of patterns) {
    if (pattern.length !== keys.length) continue;
    const dynamic: string[] = [];
    const fits = pattern.every((key, at) => {
      const actual = keys[at];
      if (key === '*' || key === '#') dynamic.push(actual ?? '');
      return key === '*' || key === '#' || key === actual;
    });
    if (fits) return toControl(control, dynamic, input);
  }
  return null;
}

/** `Domain` or `Margin.Value` alone: the vendor speaks of a provider customer without saying which. */
function matchInner(keys: readonly string[], input: CloudCockpitInput): string | null {
  if (keys.length === 0 || input.providerCustomers.length !== 1) return null;
  const ending = `.${keys.join('.')}`;
  const found = patterns.filter(({ keys: pattern }) => pattern.length > 2 && `.${pattern.join('.')}`.endsWith(ending));
  const [only] = found;
  return found.length === 1 && only !== undefined && !only.control.includes('offerTypeMargins')
    ? only.control.replace('#', '0')
    : null;
}

/** Something below a provider customer that we have no field for: its row is the nearest place. */
function matchBeginning(keys: readonly string[], input: CloudCockpitInput): string | null {
  const at = keys.indexOf('providercustomers');
  return at === -1 ? null : toControl('providerCustomers.#', [keys[at + 1] ?? ''], input);
}

function toControl(control: string, dynamic: readonly string[], input: CloudCockpitInput): string | null {
  if (!control.includes('#')) return control;
  if (control.startsWith('customerAssociations')) return control.replace('#', dynamic[0] ?? '0');
  const [instance = '', offerType = ''] = dynamic;
  const row = input.providerCustomers.findIndex((provider) => provider.providerInstanceId.toLowerCase() === instance);
  // An instance we did not send is nobody's row, unless there is only one it can mean.
  const index = row >= 0 ? row : input.providerCustomers.length === 1 ? 0 : -1;
  const provider = input.providerCustomers[index];
  if (provider === undefined) return null;
  const offerRow = provider.offerTypeMargins.findIndex((margin) => margin.offerType.toLowerCase() === offerType);
  return control.replace('#', String(index)).replace('#', String(Math.max(0, offerRow)));
}

const contactOf: ReadonlyMap<string, 'firstName' | 'lastName' | 'email' | 'phone'> = new Map([
  ['firstName', 'firstName'],
  ['lastName', 'lastName'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['credentialsEmail', 'email'],
]);

/** A field that was left empty and filled from elsewhere: the complaint belongs where the value was typed. */
function toFact(control: string, facts: CustomerFacts, input: CloudCockpitInput): string {
  const company = toCompany(facts, input);
  const companyField = companyFieldNames.find((name) => name === control);
  if (companyField !== undefined) return company[companyField].field;
  const inData = /^providerCustomers\.(\d+)\.data\.(\w+)$/.exec(control);
  const contact = contactOf.get(inData?.[2] ?? '');
  const row = input.providerCustomers[Number(inData?.[1] ?? -1)];
  if (contact === undefined || row === undefined) return control;
  const typed = inData?.[2] === 'credentialsEmail' ? row.data.credentialsEmail : row.data[contact];
  return typed.trim() === '' ? company[contact].field : control;
}
