import 'server-only';
import type { ActorTx } from '../db/as-actor';

/** A partner as a filter offers it. */
export interface PartnerChoice {
  readonly partnerId: string;
  readonly name: string;
  readonly kind: string;
  /** Levels below the uppermost partner that the actor sees. */
  readonly depth: number;
}

/** More partners than anybody picks from a list; the rest is found by search. */
const most = 200;

/** The partners of the actor's branch, each below its parent, siblings by name. */
export async function listPartners(tx: ActorTx): Promise<readonly PartnerChoice[]> {
  return tx.$queryRaw<PartnerChoice[]>`
    with recursive tree as (
      select p.id, p.name, p.kind, 0 as depth, array[lower(p.name), p.id::text] as path from partner p
      where p.id = any ((select visible_partners())::uuid[]) and not coalesce(p.parent_id = any ((select visible_partners())::uuid[]), false)
      union all
      select p.id, p.name, p.kind, tree.depth + 1, tree.path || lower(p.name) || p.id::text
      from partner p join tree on p.parent_id = tree.id where p.id = any ((select visible_partners())::uuid[])
    )
    select id as "partnerId", name, kind, depth from tree order by path limit ${most}`;
}
