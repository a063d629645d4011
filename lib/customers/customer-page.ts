import 'server-only';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { firstPlace } from '../lists/place';
import { listOnboardings } from '../onboarding/list-onboardings';
import { parseOnboardingFilter } from '../onboarding/onboarding-filter';
import type { OnboardingRow } from '../onboarding/onboarding-row';
import { type PathPartner, readPartnerPath } from '../partners/partner-path';
import { listKnownServices } from '../services/known-services';
import type { KnownServices } from '../services/service-plan-view';
import { catalogEntry } from '../vendors/catalog';
import type { VendorKey } from '../vendors/vendor';
import type { CustomerRecord } from './customer-record';
import { getCustomer } from './get-customer';

/** Everything that a customer's page shows. */
export interface CustomerPageData {
  readonly customer: CustomerRecord;
  /** From the uppermost partner that the actor sees down to the customer's own. */
  readonly path: readonly PathPartner[];
  readonly onboardings: readonly OnboardingRow[];
  readonly hasMoreOnboardings: boolean;
  /** One entry per vendor account whose vendor has services. */
  readonly services: readonly CustomerServices[];
}

/** The services of a customer at one connection. */
export interface CustomerServices extends KnownServices {
  readonly vendor: VendorKey;
  /** Null when the connection is not to be seen from this branch (any more). */
  readonly connectionName: string | null;
}

const onboardingsShown = 10;

/**
 * Reads a customer's page in one transaction.
 * @throws NotFound when the customer is not there or outside the branch
 */
export async function loadCustomerPage(actor: Actor, customerId: string): Promise<CustomerPageData> {
  return asActor(actor, async (tx) => {
    const customer = await getCustomer(tx, actor, customerId);
    const filter = parseOnboardingFilter(new URLSearchParams({ customer: customer.customerId }), {
      timeZone: actor.timeZone,
      now: new Date(),
    });
    const page = await listOnboardings(tx, { filter, place: firstPlace, size: onboardingsShown });
    return {
      customer,
      path: await readPartnerPath(tx, customer.partnerId),
      onboardings: page.rows,
      hasMoreOnboardings: page.older !== null,
      services: await servicesOf(tx, customer),
    };
  });
}

async function servicesOf(tx: ActorTx, { customerId, accounts }: CustomerRecord): Promise<readonly CustomerServices[]> {
  const having = accounts.filter(({ vendor }) => catalogEntry(vendor)?.services !== undefined);
  if (having.length === 0) return [];
  const known = await listKnownServices(tx, customerId);
  return having.map(({ vendor, connectionId, connectionName }) => ({
    vendor,
    connectionName,
    ...(known.find((one) => one.connectionId === connectionId) ?? { connectionId, readAt: null, services: [] }),
  }));
}
