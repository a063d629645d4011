import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Forbidden, NotFound } from '../errors';
import type { Actor } from './actor';
import { type Permission, type Role, rolesHolding } from './permissions';

/**
 * May the actor do this at that partner? Asked inside the transaction that does it, holding the grant, so that a right
 * taken away in between either ends the act or waits for it.
 * @returns the role that allows it, for the record
 * @throws NotFound when the partner is outside the actor's branch, Forbidden when the role does not allow it
 */
export async function authorize(tx: ActorTx, actor: Actor, permission: Permission, partnerId: string): Promise<Role> {
  const role = await roleAt(tx, actor, permission, partnerId);
  if (role !== null) return role;
  const visible = await tx.partner.findUnique({ where: { id: partnerId }, select: { id: true } });
  throw visible === null ? new NotFound() : new Forbidden(permission);
}

/** The strongest role of the actor that holds a permission at a partner, or null. Holds the grants for the transaction. */
export async function roleAt(
  tx: ActorTx,
  actor: Actor,
  permission: Permission,
  partnerId: string,
): Promise<Role | null> {
  return (await rolesAt(tx, actor, [partnerId]))(permission, partnerId);
}

/**
 * What the actor may do at some partners, in one question. Holds the grants for the transaction.
 * @returns the strongest role that holds a permission at one of them, or null
 */
export async function rolesAt(
  tx: ActorTx,
  actor: Actor,
  partnerIds: readonly string[],
): Promise<(permission: Permission, partnerId: string) => Role | null> {
  const held = await tx.$queryRaw<{ role: string; partner_id: string }[]>`
    select g.role, c.descendant_id as partner_id from role_grant g
    join partner_closure c on c.ancestor_id = g.partner_id
    where g.user_id = ${actor.userId}::uuid and c.descendant_id = any (${[...partnerIds]}::uuid[])
    for share of g`;
  return (permission, partnerId) =>
    rolesHolding(permission).find((role) =>
      held.some((grant) => grant.role === role && grant.partner_id === partnerId),
    ) ?? null;
}
