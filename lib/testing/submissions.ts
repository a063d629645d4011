import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { emptyCustomerFacts } from '../customers/customer-facts';
import type { Submission } from '../onboarding/submission';

/** Eight characters that no other call gives, none of them thrice in a row: Cloud Cockpit refuses such names. */
export function ownWord(): string {
  return uuidv7()
    .slice(-8)
    .replace(/(.)(?=\1)/g, '$1-');
}

/** A complete and valid form for Cloud Cockpit, by a name of its own. */
export function cockpitSubmission(given: {
  readonly partnerId: string;
  readonly connectionId: string;
  readonly name?: string;
}): Submission {
  const correlationId = uuidv7();
  return {
    correlationId,
    partnerId: given.partnerId,
    customerId: null,
    facts: {
      ...emptyCustomerFacts,
      name: given.name ?? `Zeus & Sons ${ownWord()}`,
      country: 'PT',
      addressLine1: 'Rua Nova 1',
      city: 'Lisboa',
      state: 'Lisboa',
      zip: '1000-001',
      firstName: 'Ana',
      lastName: 'Silva',
      email: 'ana@zeus-and-sons.com',
      phone: '+351210000000',
    },
    vendors: [{ connectionId: given.connectionId, input: {}, decision: null, retryOf: null }],
  };
}
