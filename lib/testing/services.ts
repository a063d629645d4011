import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { emptyCustomerFacts } from '../customers/customer-facts';
import type { Submission } from '../onboarding/submission';
import { emptyServiceInput } from '../vendors/avepoint/services/input';
import { initialPassword } from './four-vendors';
import { ownWord } from './submissions';

/** A service that AvePoint takes as it stands; `product` gives it another one. */
export function trialOf(product = 'cloud-backup-m365'): Record<string, unknown> {
  const storage = product === 'cloud-backup-m365' ? { storage: 's3', retentionYears: 1 } : {};
  return { ...emptyServiceInput, product, license: 'trial', ...storage };
}

/** A complete form for a new customer at AvePoint, with services of these products. */
export function avepointSubmission(given: {
  readonly partnerId: string;
  readonly connectionId: string;
  readonly products?: readonly string[];
  /** Of the customer's name: `sim:refuse` and the like. */
  readonly ending?: string;
}): Submission {
  const correlationId = uuidv7();
  const { partnerId, connectionId, products = ['cloud-backup-m365'], ending } = given;
  const services = products.map((product) => ({ input: trialOf(product), retryOf: null }));
  return {
    correlationId,
    partnerId,
    customerId: null,
    facts: {
      ...emptyCustomerFacts,
      name: `Zeus ${ownWord()}${ending === undefined ? '' : ` sim:${ending}`}`,
      country: 'PT',
      firstName: 'Ana',
      lastName: 'Silva',
      email: `ana-${correlationId}@zeus-and-sons.com`,
    },
    vendors: [
      {
        connectionId,
        input: { dataCenter: 'f1cdd2b2-ac32-4509-8784-fb2b947ef519' },
        secrets: { password: initialPassword },
        decision: null,
        retryOf: null,
        services,
      },
    ],
  };
}
