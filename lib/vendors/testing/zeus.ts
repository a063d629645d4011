import type { CustomerFacts, RequestContext } from '../vendor';

/** The customer of the vendors' tests. */
export const zeus: CustomerFacts = {
  name: 'Zeus & Sons',
  legalName: 'Zeus & Sons Lda',
  taxId: 'PT509999999',
  country: 'PT',
  addressLine1: 'Rua do Porto 1',
  addressLine2: '',
  city: 'Lisboa',
  state: 'Lisboa',
  zip: '1000-001',
  firstName: 'Ana',
  middleName: '',
  lastName: 'Silva',
  email: 'ana@zeus.example',
  phone: '+351 210 000 000',
  website: 'https://zeus.example',
};

/** What a connection without settings gives to a request of a call. */
export function contextOf(call: { readonly correlationId: string }, mappingId: string | null = null): RequestContext {
  return { correlationId: call.correlationId, mappingId, mappingName: null, profile: null };
}
