import 'server-only';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import type { Permission } from '../auth/permissions';
import { storedSettingsSchema } from '../connections/load-vendor-connection';
import { toCustomerFacts } from '../customers/to-customer-facts';
import type { ActorTx } from '../db/as-actor';
import { askAsSystem } from '../db/as-system';
import { Conflict, NotFound } from '../errors';
import { listPlanConnections, type PlanConnection } from '../onboarding/plan-connections';
import { catalogEntry } from '../vendors/catalog';
import type { VendorCatalogEntry } from '../vendors/catalog-entry';
import { adapterFor } from '../vendors/registry';
import type { CustomerFacts } from '../vendors/vendor';
import type { VendorServices } from '../vendors/vendor-services';

/** A customer at a connection where it is aboard, and whose vendor has services. */
export interface ServiceCustomer {
  readonly customerId: string;
  readonly partnerId: string;
  readonly facts: CustomerFacts;
  readonly connection: PlanConnection;
  readonly vendorCustomerId: string;
  readonly services: VendorServices;
  readonly rules: NonNullable<VendorCatalogEntry['services']>;
}

/** @throws NotFound when the customer is not there or outside the branch; Forbidden without the role */
export async function requireCustomerFor(
  tx: ActorTx,
  actor: Actor,
  { customerId, permission }: { readonly customerId: string; readonly permission: Permission },
) {
  const row = await tx.customer.findUnique({ where: { id: customerId } });
  if (row === null) throw new NotFound();
  const role = await authorize(tx, actor, permission, row.partnerId);
  return { role, partnerId: row.partnerId, facts: toCustomerFacts(row) };
}

/**
 * The customer as services are planned for it.
 * @throws NotFound when customer or connection are not there for the actor; Forbidden without the right to plan; Conflict
 *   where the customer is not aboard at the connection, or its vendor has no services
 */
export async function requireServiceCustomer(
  tx: ActorTx,
  actor: Actor,
  { customerId, connectionId }: { readonly customerId: string; readonly connectionId: string },
): Promise<ServiceCustomer> {
  const { partnerId, facts } = await requireCustomerFor(tx, actor, { customerId, permission: 'onboarding.plan' });
  const [connection] = await listPlanConnections(tx, actor, { partnerId, only: [connectionId] });
  if (connection === undefined) throw new NotFound();
  const { services } = adapterFor(connection.vendor);
  const rules = catalogEntry(connection.vendor)?.services;
  if (services === undefined || rules === undefined) {
    throw new Conflict('Customers of this vendor have no services here. Nothing was sent.');
  }
  const account = await tx.vendorAccount.findUnique({
    where: { customerId_connectionId: { customerId, connectionId } },
    select: { vendorId: true },
  });
  if (account === null) {
    throw new Conflict('This customer is not aboard at this connection, so no service can be added. Nothing was sent.');
  }
  return { customerId, partnerId, facts, connection, vendorCustomerId: account.vendorId, services, rules };
}

/** Plain settings that decide how a request is written: a partner below sees what they make of it, not the settings. */
export async function writingSettings(connectionId: string): Promise<Readonly<Record<string, string>>> {
  const row = await askAsSystem('call vendor', (tx) =>
    tx.connectionSetting.findUnique({ where: { connectionId }, select: { settings: true } }),
  );
  return storedSettingsSchema.parse(row?.settings ?? {});
}
