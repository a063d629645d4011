import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { Stale } from '../errors';
import type { RenamePartnerInput } from './partner-schema';

/**
 * Gives a partner another name; its key stays.
 * @throws NotFound, Forbidden, Stale
 */
export async function renamePartner(
  actor: Actor,
  { partnerId, version, name }: RenamePartnerInput,
): Promise<{ readonly version: number }> {
  return asActor(actor, async (tx) => {
    const role = await authorize(tx, actor, 'partner.manage', partnerId);
    const before = await tx.partner.findUniqueOrThrow({ where: { id: partnerId }, select: { name: true } });
    const { count } = await tx.partner.updateMany({
      where: { id: partnerId, version },
      data: { name, version: { increment: 1 } },
    });
    if (count === 0) throw new Stale();
    await appendAuditEntry(tx, {
      partnerId,
      action: 'partner.renamed',
      subject: { kind: 'partner', id: partnerId },
      detail: { from: before.name, to: name, version: version + 1 },
      by: { actor, role },
    });
    return { version: version + 1 };
  });
}
