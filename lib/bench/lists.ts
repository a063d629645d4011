import 'server-only';
import { listAttempts } from '../attempts/list-attempts';
import { type ActorTx, asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { firstPlace } from '../lists/place';
import type { TestDatabase } from '../testing/database';
import { attemptFilterOf, type ListWorld, makeListWorld } from './list-world';
import { measure, type Side } from './side';

/** P8, P14 and P15: what lists and the tree's question cost, a transaction each, of 5,000 partners with 100,000 attempts. */

const count = 40;

export interface ListFigures {
  /** A page of the list over the whole branch, and over one partner. */
  readonly branch: Side;
  readonly partner: Side;
  /** A transaction that asks nothing, and "is X under me". */
  readonly nothing: Side;
  readonly under: Side;
  /** The same page of the whole branch as the system, which row-level security lets see all. */
  readonly open: Side;
}

/** Fills a database of its own and measures, one question at a time. */
export async function measureLists(database: TestDatabase): Promise<ListFigures> {
  const world = await makeListWorld(database);
  const timed = async (run: () => Promise<unknown>) => {
    await measure({ count: 5, lanes: 1 }, async () => void (await run()));
    return measure({ count, lanes: 1 }, async () => void (await run()));
  };
  const within = (run: (tx: ActorTx) => Promise<unknown>) => timed(() => asActor(world.admin, run));
  const branch = await within((tx) => page(tx, null));
  const partner = await within((tx) => page(tx, world.partnerId));
  const nothing = await within((tx) => tx.$queryRaw`select 1`);
  const under = await within((tx) => isUnder(tx, world));
  const open = await timed(() =>
    asSystem('seed', async (tx) => {
      await tx.$queryRaw`select set_config('quayside.granted', granted, true) from scope_of(${world.admin.userId}::uuid)`;
      return page(tx, null);
    }),
  );
  return { branch, partner, nothing, under, open };
}

function page(tx: ActorTx, partnerId: string | null) {
  return listAttempts(tx, { filter: attemptFilterOf(partnerId), place: firstPlace });
}

function isUnder(tx: ActorTx, { admin, partnerId }: ListWorld) {
  return tx.$queryRaw`select exists (
    select from partner_closure where ancestor_id = ${admin.partnerId}::uuid and descendant_id = ${partnerId}::uuid) as under`;
}
