import 'server-only';
import type { Actor } from '../auth/actor';
import { roleHolds } from '../auth/permissions';
import { asActor } from '../db/as-actor';
import { parsePlace } from '../lists/place';
import { listPartners, type PartnerChoice } from '../partners/list-partners';
import { parseCustomerFilter } from './customer-filter';
import { type CustomerPage, listCustomers } from './list-customers';

/** Everything that the list of customers shows. */
export interface CustomersPage {
  readonly page: CustomerPage;
  readonly partners: readonly PartnerChoice[];
  /** May the actor onboard anybody anywhere? For what the page offers; the act itself asks again. */
  readonly mayOnboard: boolean;
}

/** Reads the list of customers that a URL names, and what its filters offer, in one transaction. */
export async function loadCustomersPage(actor: Actor, query: URLSearchParams): Promise<CustomersPage> {
  const filter = parseCustomerFilter(query);
  return asActor(actor, async (tx) => ({
    page: await listCustomers(tx, { filter, place: parsePlace(query) }),
    partners: await listPartners(tx),
    mayOnboard: mayOnboard(actor),
  }));
}

/** Does any grant of the actor allow onboarding? */
export function mayOnboard(actor: Actor): boolean {
  return actor.grants.some(({ role }) => roleHolds(role, 'onboarding.plan'));
}
