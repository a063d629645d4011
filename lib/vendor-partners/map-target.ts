import 'server-only';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { requireBelow } from '../connections/set-mapping';
import type { ActorTx } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import type { PartnerScope } from './partner-scope';

/** A partner of ours that a new partner at the vendor is to be mapped to. */
export interface MapTarget {
  readonly partnerId: string;
  readonly name: string;
  /** It has a mapping at this connection by now. */
  readonly mapped: boolean;
}

/**
 * The partner of ours that was chosen to be mapped, as far as the actor may map it: for the owner of the connection, to a
 * partner below it.
 * @throws NotFound outside the branch; Forbidden without the right; Conflict with a sentence where it cannot be mapped
 */
export async function requireMapTarget(
  tx: ActorTx,
  actor: Actor,
  { connection, partnerId }: PartnerScope,
  chosenId: string | null,
): Promise<MapTarget | null> {
  if (chosenId === null) return null;
  const { connectionId, ownerPartnerId } = connection;
  await authorize(tx, actor, 'mapping.manage', ownerPartnerId);
  if (partnerId !== ownerPartnerId)
    throw new Conflict('Only the owner of the connection maps partners. Nothing was sent.');
  await requireBelow(tx, chosenId, ownerPartnerId);
  const row = await tx.partner.findUnique({ where: { id: chosenId }, select: { name: true, disabledAt: true } });
  if (row === null) throw new NotFound();
  if (row.disabledAt !== null)
    throw new Conflict('The chosen partner is disabled. Choose another one; nothing was sent.');
  const mapping = await tx.mapping.findFirst({ where: { connectionId, partnerId: chosenId }, select: { id: true } });
  return { partnerId: chosenId, name: row.name, mapped: mapping !== null };
}
