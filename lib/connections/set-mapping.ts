import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict, NotFound, Stale } from '../errors';
import { catalogEntry } from '../vendors/catalog';
import type { SetMappingInput } from './connection-schema';
import { isUniqueViolation } from './identity-clash';

/**
 * Says what a partner below the owner is at a connection. The owner's admin alone may; one id per partner and connection,
 * one partner per id.
 * @throws Conflict with a sentence; Stale when the mapping was set or changed since `version`
 */
export async function setMapping(actor: Actor, input: SetMappingInput): Promise<{ readonly mappingId: string }> {
  const { connectionId, partnerId, externalId, version } = input;
  try {
    return await asActor(actor, async (tx) => {
      const connection = await tx.connection.findUnique({ where: { id: connectionId } });
      if (connection === null) throw new NotFound();
      const role = await authorize(tx, actor, 'mapping.manage', connection.partnerId);
      const entry = catalogEntry(connection.vendor);
      if ((entry?.mapping ?? null) === null) throw new Conflict(`${entry?.name ?? 'This vendor'} knows no mappings.`);
      await requireBelow(tx, partnerId, connection.partnerId);
      const { mappingId, from } = version === null ? await add(tx, input) : await change(tx, input, version);
      await appendAuditEntry(tx, {
        partnerId: connection.partnerId,
        action: 'mapping.set',
        subject: { kind: 'mapping', id: mappingId },
        detail: { connection: connectionId, partner: partnerId, externalId, from },
        by: { actor, role },
      });
      return { mappingId };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await takenBy(actor, input);
    throw error;
  }
}

interface Saved {
  readonly mappingId: string;
  /** The id that the partner had before. */
  readonly from: string | null;
}

async function add(
  tx: ActorTx,
  { connectionId, partnerId, externalId, externalName }: SetMappingInput,
): Promise<Saved> {
  const mappingId = uuidv7();
  await tx.mapping.create({ data: { id: mappingId, connectionId, partnerId, externalId, externalName } });
  return { mappingId, from: null };
}

async function change(tx: ActorTx, input: SetMappingInput, version: number): Promise<Saved> {
  const { connectionId, partnerId, externalId, externalName } = input;
  const before = await tx.mapping.findFirst({ where: { connectionId, partnerId, version } });
  if (before === null) throw new Stale();
  const { count } = await tx.mapping.updateMany({
    where: { id: before.id, version },
    data: { externalId, externalName, nameReadAt: null, version: { increment: 1 } },
  });
  if (count === 0) throw new Stale();
  return { mappingId: before.id, from: before.externalId };
}

/** @throws NotFound outside the branch; Conflict when the partner does not stand below the owner */
export async function requireBelow(tx: ActorTx, partnerId: string, ownerId: string): Promise<void> {
  const below = await tx.partnerClosure.findFirst({
    where: { ancestorId: ownerId, descendantId: partnerId, depth: { gt: 0 } },
    select: { depth: true },
  });
  if (below !== null) return;
  const visible = await tx.partner.findUnique({ where: { id: partnerId }, select: { id: true } });
  if (visible === null) throw new NotFound();
  const sentence = 'Only partners below the owner of the connection have a mapping.';
  throw new Conflict(sentence, { partnerId: [sentence] });
}

/** Which of the two is taken: the partner has a mapping by now, or the id belongs to another partner. */
async function takenBy(actor: Actor, { connectionId, partnerId, externalId }: SetMappingInput): Promise<Error> {
  const other = await asActor(actor, (tx) =>
    tx.mapping.findFirst({
      where: { connectionId, externalId, partnerId: { not: partnerId } },
      select: { partner: { select: { name: true } } },
    }),
  );
  if (other === null) return new Stale();
  const sentence = `${other.partner.name} has this mapping already. One id belongs to one partner.`;
  return new Conflict(sentence, { externalId: [sentence] });
}
