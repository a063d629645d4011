import 'server-only';
import { customerSearchWords } from '../attempts/attempt-store';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import type { ActorTx } from '../db/as-actor';
import { NotFound, Stale } from '../errors';
import { changedFacts } from './changed-facts';
import type { CustomerEdit } from './customer-record';
import { toCustomerFacts } from './to-customer-facts';

/**
 * Saves a customer's facts, in the caller's transaction. What is found by search and the audit entry (names of the
 * changed facts, never their values: they are personal) commit with it. Facts that did not change are no edit.
 * @returns the version afterwards
 * @throws NotFound outside the branch, Forbidden without the right, Stale when somebody saved in between
 */
export async function editCustomer(tx: ActorTx, actor: Actor, edit: CustomerEdit): Promise<number> {
  const row = await tx.customer.findUnique({ where: { id: edit.customerId } });
  if (row === null) throw new NotFound();
  const role = await authorize(tx, actor, 'customer.edit', row.partnerId);
  const changed = changedFacts(toCustomerFacts(row), edit.facts);
  if (changed.length === 0) return row.version;
  const { count } = await tx.customer.updateMany({
    where: { id: edit.customerId, version: edit.version },
    data: { ...toCustomerFacts(edit.facts), version: { increment: 1 } },
  });
  // Somebody saved since the version that was typed over, or between the read above and this update.
  if (count === 0) throw new Stale();
  await tx.$executeRaw`select search_put('customer', ${row.id}::uuid, ${row.partnerId}::uuid, ${customerSearchWords(edit.facts)})`;
  await appendAuditEntry(tx, {
    partnerId: row.partnerId,
    action: 'customer.changed',
    subject: { kind: 'customer', id: row.id },
    detail: { fields: changed, version: row.version + 1 },
    by: { actor, role },
  });
  return row.version + 1;
}
