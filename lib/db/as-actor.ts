import 'server-only';
import type { Actor } from '../auth/actor';
import { database } from './client';
import type { Prisma, PrismaClient } from './generated/client';
import { branchClient, withinScope } from './scope';

export type ActorTx = Prisma.TransactionClient;

const clients = new WeakMap<PrismaClient, PrismaClient>();

function client(): PrismaClient {
  const { prisma } = database('quayside_actor');
  const known = clients.get(prisma);
  if (known !== undefined) return known;
  const made = branchClient(prisma);
  clients.set(prisma, made);
  return made;
}

/**
 * A transaction that sees the actor's branch and nothing else: row-level security looks whether one of
 * the partners of the actor's grants, as they are now, stands at or above each row's partner, and every Prisma query asks for the branch alone
 * besides (`scope.ts`). No setting, no rows.
 * @param run receives the transaction; use it for every query inside
 */
export async function asActor<T>(actor: Actor, run: (tx: ActorTx) => Promise<T>): Promise<T> {
  return client().$transaction(
    async (tx) => {
      const [scope] = await tx.$queryRaw<{ above: string[] }[]>`
        select set_config('quayside.actor', ${actor.userId}, true), set_config('quayside.granted', scope.granted, true),
          set_config('quayside.above', scope.above, true), scope.above::uuid[] as above
        from scope_of(${actor.userId}::uuid) scope`;
      const grantedIds = actor.grants.map((grant) => grant.partnerId);
      return withinScope({ userId: actor.userId, grantedIds, aboveIds: scope?.above ?? [] }, () => run(tx));
    },
    { timeout: 15_000, maxWait: 5_000 },
  );
}
