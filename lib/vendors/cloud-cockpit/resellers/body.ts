import type { CustomerFacts, RequestContext } from '../../vendor';
import type { CreateResellerBody } from '../contract';
import type { ResellerInput } from './input';

const optional = <K extends string>(key: K, value: string) => (value.trim() === '' ? {} : { [key]: value.trim() });

/** Facts and input to the body of `POST /v1/Resellers` (vendor-apis.md 2.5). Pure. Empty optional fields are left out. */
export function toResellerBody(
  facts: CustomerFacts,
  input: ResellerInput,
  context: Pick<RequestContext, 'correlationId'>,
): CreateResellerBody {
  return {
    ...optional('id', input.id),
    companyName: facts.name.trim(),
    ...optional('taxId', facts.taxId),
    country: facts.country.trim().toUpperCase(),
    addressLine1: facts.addressLine1.trim(),
    ...optional('addressLine2', facts.addressLine2),
    city: facts.city.trim(),
    state: facts.state.trim(),
    zipCode: facts.zip.trim(),
    firstName: facts.firstName.trim(),
    lastName: facts.lastName.trim(),
    email: facts.email.trim(),
    phone: facts.phone.trim(),
    internalIdentifier: toResellerIdentifier(input, context),
  };
}

/** The identifier that is sent: what was typed, else our correlation id, by which the reseller can be found again. */
export function toResellerIdentifier(
  { internalIdentifier }: ResellerInput,
  { correlationId }: Pick<RequestContext, 'correlationId'>,
): string {
  const typed = internalIdentifier.trim();
  return typed === '' ? correlationId : typed;
}

/** Each key of the request and the field of our form that fills it. */
const fieldOf: Readonly<Record<string, string>> = {
  id: 'id',
  companyName: 'customer.name',
  taxId: 'customer.taxId',
  country: 'customer.country',
  addressLine1: 'customer.addressLine1',
  addressLine2: 'customer.addressLine2',
  city: 'customer.city',
  state: 'customer.state',
  zipCode: 'customer.zip',
  firstName: 'customer.firstName',
  lastName: 'customer.lastName',
  email: 'customer.email',
  phone: 'customer.phone',
  internalIdentifier: 'internalIdentifier',
};

/** Leads a key of the request, in whatever casing the vendor writes it, to a field of our form; null for none of ours. */
export function toResellerField(path: string): string | null {
  const plain = path.replace(/^\$\.?/, '').toLowerCase();
  return Object.entries(fieldOf).find(([key]) => key.toLowerCase() === plain)?.[1] ?? null;
}
