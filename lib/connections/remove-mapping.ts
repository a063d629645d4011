import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { NotFound, Stale } from '../errors';

/**
 * Takes a partner's mapping away: from then on it cannot use the shared connection. Attempts made through it keep the id.
 * @throws Stale when it was changed since `version`
 */
export async function removeMapping(
  actor: Actor,
  { mappingId, version }: { readonly mappingId: string; readonly version: number },
): Promise<void> {
  await asActor(actor, async (tx) => {
    const row = await tx.mapping.findUnique({
      where: { id: mappingId },
      include: { connection: { select: { partnerId: true } } },
    });
    // A partner sees its own mapping even at a connection that is out of its sight, because it is shared no more.
    const ownerId = row?.connection?.partnerId;
    if (row === null || ownerId === undefined) throw new NotFound();
    const { connectionId, partnerId, externalId } = row;
    const role = await authorize(tx, actor, 'mapping.manage', ownerId);
    const { count } = await tx.mapping.deleteMany({ where: { id: mappingId, version } });
    if (count === 0) throw new Stale();
    await appendAuditEntry(tx, {
      partnerId: ownerId,
      action: 'mapping.removed',
      subject: { kind: 'mapping', id: mappingId },
      detail: { connection: connectionId, partner: partnerId, externalId },
      by: { actor, role },
    });
  });
}
