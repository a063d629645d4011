import 'server-only';
import type { Actor } from '../auth/actor';
import { authorize, roleAt } from '../auth/authorize';
import type { Role } from '../auth/permissions';
import type { ActorTx } from '../db/as-actor';
import { Conflict, Forbidden, NotFound } from '../errors';

export interface ManageableUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly disabledAt: Date | null;
  /** The actor's role that allows managing this user, for the record. */
  readonly allowedBy: Role;
}

/**
 * A user whom the actor may manage, held for the rest of the transaction. Managing takes the right at the user's own
 * partner and at every partner where the user holds a grant: nobody stops a person whose rights reach further than theirs.
 * @throws NotFound outside the branch, Forbidden without that right, Conflict for oneself
 */
export async function requireManageableUser(tx: ActorTx, actor: Actor, userId: string): Promise<ManageableUser> {
  const user = await tx.user.findUnique({ where: { id: userId }, include: { partner: { select: { name: true } } } });
  if (user === null) throw new NotFound();
  const allowedBy = await authorize(tx, actor, 'user.manage', user.partnerId);
  if (user.id === actor.userId)
    throw new Conflict('You cannot do this to yourself. Ask another admin, or use your account page.');
  await tx.$executeRaw`select id from app_user where id = ${userId}::uuid for no key update`;
  if (await reachesBeyond(tx, actor, userId)) throw new Forbidden('user.manage');
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    partnerId: user.partnerId,
    partnerName: user.partner.name,
    disabledAt: user.disabledAt,
    allowedBy,
  };
}

/** Does a user hold a grant at a partner where the actor may not manage users? */
export async function reachesBeyond(tx: ActorTx, actor: Actor, userId: string): Promise<boolean> {
  const grants = await tx.$queryRaw<
    { partner_id: string }[]
  >`select distinct partner_id from grants_of(${userId}::uuid)`;
  for (const { partner_id } of grants) {
    if ((await roleAt(tx, actor, 'user.manage', partner_id)) === null) return true;
  }
  return false;
}
