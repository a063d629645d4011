import 'server-only';
import { customerSubject } from '../attempts/attempt-store';
import type { ActorTx } from '../db/as-actor';
import { askAsSystem } from '../db/as-system';
import type { PlanConnection } from './plan-connections';
import type { PlanRow } from './plan-view';
import type { Submission } from './submission';

/** What our own database knows of a customer before a plan decides. */

/** The name as the database compares it. */
const nameKeyOf = ({ facts }: Submission) => customerSubject(facts).split('|').slice(0, -1).join('|');

/** Other customers of ours by this name in the same country, as far as the actor sees them. */
export async function sameNameHere(tx: ActorTx, submission: Submission): Promise<PlanRow['ours']> {
  if (submission.customerId !== null) return [];
  const nameKey = nameKeyOf(submission);
  const rows = await tx.customer.findMany({
    where: { nameKey, country: submission.facts.country },
    select: { id: true, name: true, partner: { select: { name: true } } },
    take: 10,
    orderBy: { id: 'desc' },
  });
  return rows.map((row) => ({ customerId: row.id, name: row.name, partnerName: row.partner.name }));
}

/** An attempt under way for the same customer; `hidden`: of a branch that the actor does not see. */
export type OpenAttempt =
  | { readonly kind: 'none' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'visible'; readonly attempt: { readonly correlationId: string; readonly attemptId: string } };

/** Is the same customer under way at this connection? */
export async function openAttemptOf(
  tx: ActorTx,
  connection: PlanConnection,
  submission: Submission,
): Promise<OpenAttempt> {
  const where = {
    connectionId: connection.connectionId,
    operation: 'create-customer',
    subject: customerSubject(submission.facts),
    // Asked besides the states: it is what the index of open attempts knows.
    undecided: true,
    OR: [{ state: { in: ['sent', 'unknown'] } }, { state: 'pending', deadline: { gt: new Date() } }],
  };
  const select = { id: true, correlationId: true } as const;
  const visible = await tx.attempt.findFirst({ where, select });
  if (visible !== null) {
    return { kind: 'visible', attempt: { correlationId: visible.correlationId, attemptId: visible.id } };
  }
  const hidden = await askAsSystem('find duplicates at a shared connection', (system) =>
    system.attempt.findFirst({ where, select }),
  );
  return { kind: hidden === null ? 'none' : 'hidden' };
}

/** The id that the customer is linked to at this connection, or null. */
export async function linkedVendorId(
  tx: ActorTx,
  connection: PlanConnection,
  submission: Submission,
): Promise<string | null> {
  if (submission.customerId === null) return null;
  const account = await tx.vendorAccount.findUnique({
    where: {
      customerId_connectionId: { customerId: submission.customerId, connectionId: connection.connectionId },
    },
    select: { vendorId: true },
  });
  return account?.vendorId ?? null;
}

/** Has another branch a customer of this name and country linked at the same connection? Said, never shown. */
export async function hiddenNamesake(
  tx: ActorTx,
  connection: PlanConnection,
  submission: Submission,
): Promise<boolean> {
  if (connection.seesAll || !connection.shared) return false;
  const nameKey = nameKeyOf(submission);
  const where = {
    nameKey,
    country: submission.facts.country,
    vendorAccounts: { some: { connectionId: connection.connectionId } },
  };
  const all = await askAsSystem('find duplicates at a shared connection', (system) =>
    system.customer.findMany({ where, select: { id: true }, take: 50 }),
  );
  if (all.length === 0) return false;
  const visible = await tx.customer.count({ where: { id: { in: all.map((one) => one.id) } } });
  return visible < all.length;
}
