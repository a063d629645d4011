import type { CustomerFacts, RequestContext } from '../vendor';
import type { CreateCustomerBody, ProviderCustomerData } from './contract';
import { type CloudCockpitInput, type Company, type ProviderCustomerInput, toCompany } from './input';

/**
 * Facts and input to the body of `POST /v1/Customers` (vendor-apis.md 2.4). Pure: the plan shows what will be sent.
 * Empty optional fields are left out; inside the blocks of a provider customer every documented key is present, with
 * null where nothing is said, as in the vendor's sample.
 */
export function toCreateBody(
  facts: CustomerFacts,
  input: CloudCockpitInput,
  context: Pick<RequestContext, 'correlationId' | 'mappingId'>,
): CreateCustomerBody {
  const company = toCompany(facts, input);
  const resellerId = toResellerId(input, context);
  const id = input.id.trim();
  return {
    ...(id === '' ? {} : { id }),
    companyName: company.companyName.value,
    ...optional('taxId', company.taxId.value),
    country: company.country.value,
    addressLine1: company.addressLine1.value,
    ...optional('addressLine2', company.addressLine2.value),
    city: company.city.value,
    state: company.state.value,
    zip: company.zip.value,
    firstName: company.firstName.value,
    ...optional('middleName', company.middleName.value),
    lastName: company.lastName.value,
    email: company.email.value,
    phone: company.phone.value,
    internalIdentifier: toInternalIdentifier(input, context),
    ...(resellerId === null ? {} : { resellerId }),
    ...(input.providerCustomers.length === 0
      ? {}
      : {
          providerCustomers: Object.fromEntries(
            input.providerCustomers.map((provider) => [
              provider.providerInstanceId.trim(),
              toProviderCustomer(provider, company, id),
            ]),
          ),
        }),
    ...(input.customerAssociations.length === 0
      ? {}
      : {
          customerAssociations: input.customerAssociations.map(({ resellerId, name }) => ({
            resellerId: resellerId.trim(),
            name: name.trim(),
          })),
        }),
  };
}

/** The identifier that is sent: what was typed, else our correlation id, by which the customer can be found again. */
export function toInternalIdentifier(input: CloudCockpitInput, { correlationId }: { correlationId: string }): string {
  const typed = input.internalIdentifier.trim();
  return typed === '' ? correlationId : typed;
}

/** The reseller the customer will belong to: the mapping's, which nobody below may change, else the one picked, else none. */
export function toResellerId(input: CloudCockpitInput, { mappingId }: { mappingId: string | null }): string | null {
  if (mappingId !== null) return mappingId;
  const picked = input.resellerId.trim();
  return picked === '' ? null : picked;
}

const optional = <K extends string>(key: K, value: string) => (value === '' ? {} : { [key]: value });
const orNull = (value: string) => (value.trim() === '' ? null : value.trim());
/** `YYYY-MM-DD` as the vendor's sample writes it: midnight UTC. Anything else passes unchanged and fails the contract. */
const toInstant = (date: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(date.trim()) ? `${date.trim()}T00:00:00Z` : orNull(date);

type ProviderCustomerBody = NonNullable<CreateCustomerBody['providerCustomers']>[string];

function toProviderCustomer(input: ProviderCustomerInput, company: Company, id: string): ProviderCustomerBody {
  const { margin } = input;
  const providerInstanceId = input.providerInstanceId.trim();
  return {
    providerName: input.providerName.trim(),
    providerInstanceId,
    ...optional('providerCustomerId', input.providerCustomerId.trim()),
    providerCustomerData: JSON.stringify(toProviderCustomerData(input.data, company)),
    ...(margin.rule === '' || margin.value === null
      ? {}
      : { margin: { marginRule: { name: margin.rule }, value: margin.value } }),
    ...toOfferTypeMargins(input.offerTypeMargins),
    ...(input.agreement.send
      ? { microsoftCustomerAgreement: toAgreement(input.agreement, providerInstanceId, id) }
      : {}),
  };
}

/** The fourteen keys of `providerCustomerData`. The contact comes from the company's, where nothing else is typed. */
function toProviderCustomerData(data: ProviderCustomerInput['data'], company: Company): ProviderCustomerData {
  return {
    Domain: orNull(data.domain),
    CredentialsEmail: orNull(data.credentialsEmail) ?? orNull(company.email.value),
    AcceptedMCA: data.acceptedMca,
    AgreementDate: data.acceptedMca ? toInstant(data.agreementDate) : null,
    KeepPrimaryInformation: data.keepPrimaryInformation,
    FirstName: orNull(data.firstName) ?? orNull(company.firstName.value),
    LastName: orNull(data.lastName) ?? orNull(company.lastName.value),
    Email: orNull(data.email) ?? orNull(company.email.value),
    Phone: orNull(data.phone) ?? orNull(company.phone.value),
    DefaultCulture: orNull(data.defaultCulture),
    Language: orNull(data.language),
    AssociatedPartnerId: orNull(data.associatedPartnerId),
    Qualifications: data.qualifications.map((one) => one.trim()).filter((one) => one !== ''),
    EnableGDAP: data.enableGdap,
  };
}

function toOfferTypeMargins(
  margins: ProviderCustomerInput['offerTypeMargins'],
): Pick<ProviderCustomerBody, 'offerTypeMargins'> {
  const entries = margins.flatMap(({ offerType, rule, value }) =>
    rule === '' || value === null ? [] : [[offerType, { MarginRule: { Name: rule }, Value: value }] as const],
  );
  return entries.length === 0 ? {} : { offerTypeMargins: { Value: Object.fromEntries(entries) } };
}

/** The seven keys of `microsoftCustomerAgreement`. */
function toAgreement(agreement: ProviderCustomerInput['agreement'], providerInstanceId: string, id: string) {
  const { firstName, lastName, email, phone } = agreement.signatory;
  const named = [firstName, lastName, email, phone].some((value) => value.trim() !== '');
  return {
    customerId: orNull(agreement.customerId) ?? orNull(id),
    providerInstanceId,
    signatoryContact: named
      ? {
          firstName: firstName.trim(),
          lastName: lastName.trim(),
          email: email.trim(),
          ...optional('phone', phone.trim()),
        }
      : null,
    status: { name: agreement.status },
    attestationId: orNull(agreement.attestationId),
    lastUpdate: toInstant(agreement.lastUpdate),
    dateAgreed: toInstant(agreement.dateAgreed),
  };
}
