import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { requireManageableUser } from './manageable-user';

/**
 * Lets a disabled user of the actor's branch sign in again. Sessions from before stay ended.
 * @throws NotFound, Forbidden, Conflict (oneself, not disabled)
 */
export async function enableUser(actor: Actor, userId: string): Promise<void> {
  await asActor(actor, async (tx) => {
    const { allowedBy, ...user } = await requireManageableUser(tx, actor, userId);
    if (user.disabledAt === null) throw new Conflict(`${user.name} is not disabled. Nothing was changed.`);
    await tx.user.update({ where: { id: userId }, data: { disabledAt: null, version: { increment: 1 } } });
    await appendAuditEntry(tx, {
      partnerId: user.partnerId,
      action: 'user.enabled',
      subject: { kind: 'user', id: userId },
      by: { actor, role: allowedBy },
    });
  });
}
