import { isoCountries } from '../iso-countries';
import type { CustomerFacts, Json, LintFinding, RequestContext } from '../vendor';
import {
  type CloudCockpitInput,
  type Company,
  cloudCockpitInputSchema,
  type Derived,
  type ProviderCustomerInput,
  toCompany,
} from './input';
import { companyFieldNames, companyFields, contactNameMax, internalIdentifierMax, uuidPattern } from './vocabulary';

/**
 * Cloud Cockpit's rules about a customer, in the order of the form (vendor-apis.md 2.4, 2.8). Client-safe and pure.
 * Red (`error`) is what the vendor documents as refused; amber (`hint`) is what only looks wrong.
 */
export function lintCloudCockpit(facts: CustomerFacts, input: Json, context: RequestContext): readonly LintFinding[] {
  const parsed = cloudCockpitInputSchema.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'companyName';
    return [error(field, 'not-a-value')];
  }
  const company = toCompany(facts, parsed.data);
  return [
    ...lintFields(company),
    ...lintCompanyName(company.companyName),
    ...lintContact(company, context),
    ...lintIds(parsed.data, context),
    ...parsed.data.providerCustomers.flatMap((provider, row) => lintProvider(provider, row, parsed.data)),
    ...parsed.data.customerAssociations.flatMap((association, row) => [
      ...lintUuid(`customerAssociations.${row}.resellerId`, association.resellerId, { required: true }),
      ...(association.name.trim() === '' ? [error(`customerAssociations.${row}.name`, 'missing')] : []),
    ]),
  ];
}

function finding(
  level: LintFinding['level'],
  field: string,
  rule: string,
  params: Record<string, string>,
): LintFinding {
  return { level, field, message: `cloud-cockpit.${rule}`, params };
}
const error = (field: string, rule: string, params: Record<string, string> = {}) =>
  finding('error', field, rule, params);
const hint = (field: string, rule: string, params: Record<string, string> = {}) => finding('hint', field, rule, params);

function lintFields(company: Company): LintFinding[] {
  return companyFieldNames.flatMap((name) => {
    const { value, field } = company[name];
    const { max, required } = companyFields[name];
    if (value === '') return required ? [error(field, 'required', { field: name })] : [];
    if (name === 'country') return isoCountries.has(value) ? [] : [error(field, 'country')];
    if (value.length > max) {
      return [error(field, 'too-long', { field: name, max: String(max), length: String(value.length) })];
    }
    return [];
  });
}

function lintCompanyName({ value, field }: Derived): LintFinding[] {
  if (value === '') return [];
  if ([...value].length === 1) return [error(field, 'company-one-character')];
  if (!/[\p{L}\p{N}]/u.test(value)) return [error(field, 'company-only-special')];
  if (/^(\S\s+)+\S$/u.test(value)) return [error(field, 'company-spaced-characters')];
  const repeated = /(\S)\1\1/iu.exec(value);
  if (repeated !== null) return [error(field, 'company-repeated-character', { found: repeated[0] })];
  // "A bare abbreviation" is not defined by the vendor, and BMW or IBM are names: amber.
  if (/^(\p{Lu}\.?){2,4}$/u.test(value)) return [hint(field, 'company-abbreviation')];
  return [];
}

const reservedContactNames = new Set(['test', 'admin', 'nobody']);

function lintContact(company: Company, context: RequestContext): LintFinding[] {
  const names = (['firstName', 'middleName', 'lastName'] as const).flatMap((name) => {
    const { value, field } = company[name];
    if (value === '') return [];
    // A middle initial is one character by nature; the rule is about first and last names.
    if ([...value].length === 1 && name !== 'middleName')
      return [error(field, 'contact-one-character', { field: name })];
    if (reservedContactNames.has(value.toLowerCase())) return [error(field, 'contact-reserved', { found: value })];
    if (value.length > contactNameMax && value.length <= companyFields[name].max) {
      const params = { field: name, max: String(contactNameMax), length: String(value.length) };
      return [error(field, 'too-long', params)];
    }
    return [];
  });
  return [...names, ...lintEmail(company.email, context)];
}

function lintEmail({ value, field }: Derived, context: RequestContext): LintFinding[] {
  if (value === '') return [];
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return [error(field, 'email')];
  const domain = value.slice(value.lastIndexOf('@') + 1).toLowerCase();
  if (domain === 'microsoft.com' || domain.endsWith('.microsoft.com')) return [error(field, 'email-microsoft')];
  // Only the portal's domain is known to us, so "the reseller's own domain" can be suspected, not proven.
  const portal = context.settings?.tenantDomain?.toLowerCase() ?? '';
  if (portal !== '' && (portal === domain || portal.endsWith(`.${domain}`))) return [hint(field, 'email-own-domain')];
  return [];
}

function lintUuid(field: string, value: string, { required }: { required: boolean }): LintFinding[] {
  const text = value.trim();
  if (text === '') return required ? [error(field, 'missing')] : [];
  return uuidPattern.test(text) ? [] : [error(field, 'uuid')];
}

function lintIds(input: CloudCockpitInput, context: RequestContext): LintFinding[] {
  const identifier = input.internalIdentifier.trim();
  const { mappingId } = context;
  return [
    ...lintUuid('id', input.id, { required: false }),
    ...(input.id.trim() === '' ? [] : [hint('id', 'id-typed')]),
    ...(identifier.length > internalIdentifierMax
      ? [
          error('internalIdentifier', 'too-long', {
            field: 'internalIdentifier',
            max: String(internalIdentifierMax),
            length: String(identifier.length),
          }),
        ]
      : []),
    ...(identifier === '' ? [] : [hint('internalIdentifier', 'identifier-typed')]),
    ...(mappingId === null
      ? lintUuid('resellerId', input.resellerId, { required: false })
      : input.resellerId.trim() !== '' && input.resellerId.trim().toLowerCase() !== mappingId.toLowerCase()
        ? [error('resellerId', 'reseller-not-yours', { mapping: context.mappingName ?? mappingId })]
        : []),
  ];
}

function lintProvider(provider: ProviderCustomerInput, row: number, input: CloudCockpitInput): LintFinding[] {
  const at = `providerCustomers.${row}`;
  const id = provider.providerInstanceId.trim().toLowerCase();
  const first = input.providerCustomers.findIndex((other) => other.providerInstanceId.trim().toLowerCase() === id);
  const { data } = provider;
  return [
    ...lintUuid(`${at}.providerInstanceId`, provider.providerInstanceId, { required: true }),
    ...(id !== '' && first < row ? [error(`${at}.providerInstanceId`, 'instance-twice')] : []),
    ...(provider.providerName.trim() === '' ? [error(`${at}.providerName`, 'missing')] : []),
    ...tooLong(`${at}.providerCustomerId`, provider.providerCustomerId),
    ...tooLong(`${at}.data.domain`, data.domain),
    ...(data.domain.trim() === '' && provider.providerCustomerId.trim() === ''
      ? [hint(`${at}.data.domain`, 'domain-missing')]
      : []),
    ...(data.acceptedMca && data.agreementDate.trim() === ''
      ? [error(`${at}.data.agreementDate`, 'agreement-date')]
      : []),
    ...(!data.acceptedMca && data.agreementDate.trim() !== '' ? [hint(`${at}.data.agreementDate`, 'date-unused')] : []),
    ...lintDate(`${at}.data.agreementDate`, data.agreementDate),
    ...tooLong(`${at}.data.credentialsEmail`, data.credentialsEmail),
    ...tooLong(`${at}.data.firstName`, data.firstName),
    ...tooLong(`${at}.data.lastName`, data.lastName),
    ...tooLong(`${at}.data.email`, data.email),
    ...tooLong(`${at}.data.phone`, data.phone, 30),
    ...tooLong(`${at}.data.defaultCulture`, data.defaultCulture, 20),
    ...tooLong(`${at}.data.language`, data.language, 20),
    ...tooLong(`${at}.data.associatedPartnerId`, data.associatedPartnerId),
    ...lintMargin(`${at}.margin`, provider.margin),
    ...provider.offerTypeMargins.flatMap((margin, index) => {
      const twice = provider.offerTypeMargins.findIndex((other) => other.offerType === margin.offerType) < index;
      const field = `${at}.offerTypeMargins.${index}`;
      return [...(twice ? [error(`${field}.offerType`, 'offer-type-twice')] : []), ...lintMargin(field, margin)];
    }),
    ...(provider.agreement.send ? lintAgreement(`${at}.agreement`, provider.agreement) : []),
  ];
}

function lintMargin(at: string, { rule, value }: ProviderCustomerInput['margin']): LintFinding[] {
  if (rule === '' && value !== null) return [error(`${at}.rule`, 'margin-rule')];
  if (rule !== '' && value === null) return [error(`${at}.value`, 'margin-value')];
  if (value !== null && !Number.isFinite(value)) return [error(`${at}.value`, 'margin-value')];
  return value !== null && value < 0 ? [hint(`${at}.value`, 'margin-negative')] : [];
}

function lintAgreement(at: string, agreement: ProviderCustomerInput['agreement']): LintFinding[] {
  const { firstName, lastName, email, phone } = agreement.signatory;
  const some = [firstName, lastName, email, phone].some((value) => value.trim() !== '');
  const needed = { firstName, lastName, email };
  return [
    ...lintUuid(`${at}.customerId`, agreement.customerId, { required: false }),
    ...Object.entries(needed).flatMap(([name, value]) =>
      some && value.trim() === ''
        ? [error(`${at}.signatory.${name}`, 'missing')]
        : tooLong(`${at}.signatory.${name}`, value),
    ),
    ...tooLong(`${at}.signatory.phone`, phone, 30),
    ...tooLong(`${at}.attestationId`, agreement.attestationId),
    ...lintDate(`${at}.lastUpdate`, agreement.lastUpdate),
    ...lintDate(`${at}.dateAgreed`, agreement.dateAgreed),
  ];
}

function lintDate(field: string, value: string): LintFinding[] {
  const text = value.trim();
  if (text === '') return [];
  const instant = Date.parse(`${text}T00:00:00Z`);
  // 31 February parses in some engines and rolls over in others: compare what comes back.
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(instant);
  return real && new Date(instant).toISOString().startsWith(text) ? [] : [error(field, 'date')];
}

function tooLong(field: string, value: string, max = 255): LintFinding[] {
  const length = value.trim().length;
  return length > max ? [error(field, 'too-long', { field: 'other', max: String(max), length: String(length) })] : [];
}
