import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { newPartnerKey } from './new-key';
import { kindsBelow, partnerKinds } from './partner-node';
import type { AddPartnerInput } from './partner-schema';

/**
 * Adds a partner below another one of the actor's branch.
 * @throws NotFound, Forbidden, Conflict (a kind that does not stand there, a disabled partner above)
 */
export async function addPartner(
  actor: Actor,
  { parentId, kind, name }: AddPartnerInput,
): Promise<{ readonly partnerId: string; readonly key: string }> {
  return asActor(actor, async (tx) => {
    const role = await authorize(tx, actor, 'partner.manage', parentId);
    const parent = await tx.partner.findUnique({ where: { id: parentId }, select: { kind: true, name: true } });
    if (parent === null) throw new NotFound();
    const parentKind = partnerKinds.find((one) => one === parent.kind);
    if (parentKind === undefined || !kindsBelow(parentKind).includes(kind)) {
      const sentence = 'A CSP stands right below the host; below this partner only a reseller can be added.';
      throw new Conflict(sentence, { kind: [sentence] });
    }
    await requireEnabled(tx, parentId, parent.name);
    const partnerId = uuidv7();
    const key = newPartnerKey(name);
    // Not through Prisma, which reads the row back: it is in sight only once the closure has it, after the insert.
    await tx.$executeRaw`insert into partner (id, key, name, kind, parent_id)
      values (${partnerId}::uuid, ${key}, ${name}, ${kind}, ${parentId}::uuid)`;
    await appendAuditEntry(tx, {
      partnerId,
      action: 'partner.created',
      subject: { kind: 'partner', id: partnerId },
      detail: { kind, key, parent: parentId },
      by: { actor, role },
    });
    return { partnerId, key };
  });
}

/** Nobody of a partner below a disabled one could sign in. */
async function requireEnabled(tx: ActorTx, partnerId: string, name: string): Promise<void> {
  const above = await tx.partnerClosure.findFirst({
    where: { descendantId: partnerId, ancestor: { disabledAt: { not: null } } },
    select: { depth: true },
  });
  if (above !== null) throw new Conflict(`${name}, or a partner above it, is disabled. Enable it first.`);
}
