import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { isUniqueViolation } from '../connections/identity-clash';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { addGrant } from './add-grant';
import { holdAdministeredPartners, partnerLeftWithoutAdmin } from './last-admin';
import { requireManageableUser } from './manageable-user';
import type { GrantInput } from './user-schema';

/**
 * Gives a user of the actor's branch a further role, at a partner where the actor manages users. Their sessions end with
 * it (a trigger does), so that the next one begins with the new rights.
 * @throws NotFound, Forbidden, Conflict (oneself, the role is held already)
 */
export async function giveGrant(actor: Actor, { userId, role, partnerId }: GrantInput): Promise<void> {
  try {
    await asActor(actor, async (tx) => {
      await requirePartner(tx, partnerId);
      const user = await requireManageableUser(tx, actor, userId);
      const allowedBy = await authorize(tx, actor, 'user.manage', partnerId);
      await addGrant(tx, { userId: user.id, role, partnerId, by: { actor, role: allowedBy } });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict('This role is held there already. Nothing was changed.');
    throw error;
  }
}

/**
 * Takes a role at a partner from a user of the actor's branch. The last admin of a partner who can sign in keeps it.
 * @throws NotFound (the role is not held as well), Forbidden, Conflict (oneself, the last admin)
 */
export async function takeGrant(actor: Actor, { userId, role, partnerId }: GrantInput): Promise<void> {
  await asActor(actor, async (tx) => {
    await requirePartner(tx, partnerId);
    const user = await requireManageableUser(tx, actor, userId);
    const allowedBy = await authorize(tx, actor, 'user.manage', partnerId);
    await holdAdministeredPartners(tx, userId);
    const left =
      role === 'admin' && user.disabledAt === null ? await partnerLeftWithoutAdmin(tx, userId, partnerId) : null;
    if (left !== null) {
      throw new Conflict(
        `${user.name} is the last admin of ${left} who can sign in. Give somebody else that role first. Nothing was changed.`,
      );
    }
    const { count } = await tx.roleGrant.deleteMany({ where: { userId, role, partnerId } });
    if (count === 0) throw new NotFound();
    await appendAuditEntry(tx, {
      partnerId,
      action: 'grant.removed',
      subject: { kind: 'user', id: userId },
      detail: { role, partner: partnerId },
      by: { actor, role: allowedBy },
    });
  });
}

/** Before anything else is judged: a partner out of sight looks like one that is not there, whoever asks. */
async function requirePartner(tx: ActorTx, partnerId: string): Promise<void> {
  const partner = await tx.partner.findUnique({ where: { id: partnerId }, select: { id: true } });
  if (partner === null) throw new NotFound();
}
