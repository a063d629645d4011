import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { holdAdministeredPartners, partnerLeftWithoutAdmin } from './last-admin';
import { requireManageableUser } from './manageable-user';

/**
 * Disables a user of the actor's branch. Their sessions end with it (a trigger does), and nothing opens on their next
 * request.
 * @throws NotFound, Forbidden, Conflict (oneself, the last admin of a partner, disabled already)
 */
export async function disableUser(actor: Actor, userId: string): Promise<void> {
  await asActor(actor, async (tx) => {
    const { allowedBy, ...user } = await requireManageableUser(tx, actor, userId);
    if (user.disabledAt !== null) throw new Conflict(`${user.name} is disabled already. Nothing was changed.`);
    await holdAdministeredPartners(tx, userId);
    const left = await partnerLeftWithoutAdmin(tx, userId);
    if (left !== null) {
      throw new Conflict(
        `${user.name} is the last admin of ${left}. Give somebody else that role first. Nothing was changed.`,
      );
    }
    await tx.user.update({ where: { id: userId }, data: { disabledAt: new Date(), version: { increment: 1 } } });
    await appendAuditEntry(tx, {
      partnerId: user.partnerId,
      action: 'user.disabled',
      subject: { kind: 'user', id: userId },
      by: { actor, role: allowedBy },
    });
  });
}
