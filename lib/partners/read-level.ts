import 'server-only';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { readNodes } from './node-rows';
import type { LevelPage } from './partner-node';

/** Nodes of one page of a level. */
export const levelPageSize = 100;

/** Which stretch of a level: from a child on (or back from it), around it, or from an end. Ids are those of children. */
export interface LevelPlace {
  readonly after?: string;
  readonly before?: string;
  readonly around?: string;
  readonly end?: 'first' | 'last';
}

/**
 * A page of the children of a partner, by name. Keyset pages: a page costs the same wherever it lies, and a partner added
 * meanwhile shifts nothing.
 * @throws NotFound when the partner is outside the branch
 */
export async function readLevel(actor: Actor, parentId: string, place: LevelPlace): Promise<LevelPage> {
  return asActor(actor, async (tx) => {
    const parent = await tx.partner.findUnique({ where: { id: parentId }, select: { id: true } });
    if (parent === null) throw new NotFound();
    return readLevelPage(tx, parentId, place);
  });
}

/** The same within a transaction, of a partner that is in sight. */
export async function readLevelPage(tx: ActorTx, parentId: string, place: LevelPlace): Promise<LevelPage> {
  const ids = await idsAt(tx, parentId, place);
  const nodes = await readNodes(tx, ids);
  const [first] = nodes;
  const [facts] = await tx.$queryRaw<{ start: number | null; total: number | null }[]>`
    select partner_place(${first?.partnerId ?? null}::uuid) as start,
      (select children from partner_child_counts(array[${parentId}]::uuid[])) as total`;
  return { start: facts?.start ?? 0, total: facts?.total ?? 0, nodes };
}

async function idsAt(tx: ActorTx, parentId: string, { after, before, around, end }: LevelPlace): Promise<string[]> {
  if (around !== undefined) {
    const half = levelPageSize / 2;
    const earlier = await children(tx, parentId, { beside: around, forwards: false, most: half });
    const later = await children(tx, parentId, { beside: around, forwards: true, most: half });
    return [...earlier, around, ...later];
  }
  const forwards = before === undefined && end !== 'last';
  return children(tx, parentId, { beside: after ?? before ?? null, forwards, most: levelPageSize });
}

async function children(
  tx: ActorTx,
  parentId: string,
  { beside, forwards, most }: { readonly beside: string | null; readonly forwards: boolean; readonly most: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from partner_children(${parentId}::uuid, ${beside}::uuid, ${forwards}, ${most}) id`;
  return rows.map(({ id }) => id);
}
