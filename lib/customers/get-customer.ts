import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { roleAt } from '../auth/authorize';
import type { ActorTx } from '../db/as-actor';
import { NotFound } from '../errors';
import { parseId } from '../lists/place';
import { vendorKeys } from '../vendors/vendor';
import type { CustomerRecord } from './customer-record';
import { toCustomerFacts } from './to-customer-facts';

const vendorSchema = z.enum(vendorKeys);
const originSchema = z.enum(['created', 'adopted']);

/**
 * A customer with its vendor accounts and what the actor may do with it.
 * @throws NotFound when it is not there or outside the branch
 */
export async function getCustomer(tx: ActorTx, actor: Actor, customerId: string): Promise<CustomerRecord> {
  const id = parseId(customerId);
  const row =
    id === null
      ? null
      : await tx.customer.findUnique({
          where: { id },
          include: {
            partner: { select: { name: true } },
            vendorAccounts: { include: { connection: { select: { name: true } } }, orderBy: { createdAt: 'asc' } },
          },
        });
  if (row === null) throw new NotFound();
  const latest = await tx.attempt.findFirst({
    where: { customerId: row.id },
    orderBy: { id: 'desc' },
    select: { openedAt: true, closedAt: true, settledAt: true },
  });
  const lastActivity = [latest?.openedAt, latest?.closedAt, latest?.settledAt]
    .flatMap((at) => at ?? [])
    .sort(byTime)
    .at(-1);
  return {
    customerId: row.id,
    partnerId: row.partnerId,
    partnerName: row.partner.name,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    lastActivityAt: lastActivity?.toISOString() ?? null,
    facts: toCustomerFacts(row),
    accounts: row.vendorAccounts.map((account) => ({
      id: account.id,
      vendor: vendorSchema.parse(account.vendor),
      connectionId: account.connectionId,
      connectionName: account.connection?.name ?? null,
      vendorId: account.vendorId,
      origin: originSchema.parse(account.origin),
      correlationId: account.correlationId,
      createdAt: account.createdAt.toISOString(),
    })),
    may: {
      edit: (await roleAt(tx, actor, 'customer.edit', row.partnerId)) !== null,
      onboard: (await roleAt(tx, actor, 'onboarding.plan', row.partnerId)) !== null,
    },
  };
}

function byTime(left: Date, right: Date): number {
  return left.getTime() - right.getTime();
}
