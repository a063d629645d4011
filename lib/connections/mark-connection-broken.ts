import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import { asSystem } from '../db/as-system';
import type { VendorProblem } from '../vendors/vendor';

/**
 * Does this problem mean that the connection's sign-in itself was refused? Then nothing more is sent over it, as vendors
 * lock accounts. A 403 to one request says nothing about the others and does not count.
 */
export function isSignInRefused(problem: VendorProblem): boolean {
  return problem.kind === 'forbidden' && problem.params.step === 'token';
}

/**
 * Takes a connection out of use after a refused sign-in, until somebody edits it or tests it with success. Does nothing
 * when it was edited since the call began (`version`), or shows as broken already.
 * @param reason key of the problem below `vendor-errors`
 */
export async function markConnectionBroken({
  connectionId,
  version,
  reason,
}: {
  readonly connectionId: string;
  readonly version: number;
  readonly reason: string;
}): Promise<void> {
  await asSystem('call vendor', async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { id: connectionId, version, brokenAt: null },
      data: { brokenAt: new Date(), brokenReason: reason },
    });
    if (count === 0) return;
    const { partnerId } = await tx.connection.findUniqueOrThrow({
      where: { id: connectionId },
      select: { partnerId: true },
    });
    await appendAuditEntry(tx, {
      partnerId,
      action: 'connection.broken',
      subject: { kind: 'connection', id: connectionId },
      detail: { reason },
      by: { name: 'Quayside' },
    });
  });
}
