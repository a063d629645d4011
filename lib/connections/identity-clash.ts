import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { Conflict } from '../errors';

/** Did the database refuse a row because a value that must be unique is taken? */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/**
 * The sentence for an access that another connection has already. Names it only where the actor sees its settings:
 * otherwise one could ask for the accesses of others.
 */
export async function identityClash(actor: Actor, identity: string): Promise<Conflict> {
  const other = await asActor(actor, (tx) =>
    tx.connectionSetting.findUnique({ where: { identity }, select: { connection: { select: { name: true } } } }),
  );
  const why = 'Two connections to the same access could create a customer twice.';
  if (other === null) {
    return new Conflict(`Another connection already has this access. ${why} Ask whoever runs the portal to share it.`);
  }
  return new Conflict(`The connection "${other.connection.name}" already has this access. ${why}`);
}
