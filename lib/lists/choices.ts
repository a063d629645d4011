import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { connectionInSight, ofBranch } from './in-branch';

/** A value that a filter offers. */
export interface Choice {
  readonly id: string;
  /** Null when what was chosen is not to be seen from this branch. */
  readonly name: string | null;
}

/** More choices than this are not picked from a list. */
const most = 200;

/** Connections that the actor may see, by name, and those chosen already. */
export async function connectionChoices(tx: ActorTx, chosen: readonly string[]): Promise<readonly Choice[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    (select k.id, k.name from connection k where ${connectionInSight('k')} order by lower(k.name), k.id limit ${most})
    union select k.id, k.name from connection k where k.id = any (${[...chosen]}::uuid[]) and ${connectionInSight('k')}
    order by name, id`;
  return withChosen(rows, chosen);
}

/** The tables that keep the name of who acted beside the id. */
const named = {
  attempt: Prisma.sql`attempt`,
  onboarding: Prisma.sql`onboarding`,
  audit_entry: Prisma.sql`audit_entry`,
} as const;

/**
 * People of the branch by name, those on the page (somebody above the branch may have acted in it), and those chosen.
 * @param table where the name of a chosen person outside the branch is looked up
 */
export async function actorChoices(
  tx: ActorTx,
  given: {
    readonly table: keyof typeof named;
    readonly chosen: readonly string[];
    readonly seen: readonly { readonly actorId: string | null; readonly actorName: string }[];
  },
): Promise<readonly Choice[]> {
  const { table, chosen, seen } = given;
  const users = await tx.$queryRaw<{ id: string; name: string }[]>`
    select u.id, u.name from app_user u where ${ofBranch('u')} order by lower(u.name), u.id limit ${most}`;
  const byId = new Map<string, string>();
  for (const { actorId, actorName } of seen) if (actorId !== null) byId.set(actorId, actorName);
  for (const { id, name } of users) byId.set(id, name);
  const unknown = chosen.filter((id) => !byId.has(id));
  if (unknown.length > 0) {
    const others = await tx.$queryRaw<{ id: string; name: string }[]>(Prisma.sql`
      select wanted.id, last.name from unnest(${unknown}::uuid[]) wanted (id) cross join lateral (
        select r.actor_name as name from unnest(visible_partners()) p (id) cross join lateral (
          select r.actor_name, r.id from ${named[table]} r where r.partner_id = p.id and r.actor_id = wanted.id
          order by r.id desc limit 1) r
        order by r.id desc limit 1) last`);
    for (const { id, name } of others) byId.set(id, name);
  }
  const rows = [...byId].map(([id, name]) => ({ id, name }));
  return withChosen(
    rows.sort((left, right) => left.name.localeCompare(right.name, 'en')),
    chosen,
  );
}

/** The customers chosen in a filter: they are found by search, not picked from a list. */
export async function customerChoices(tx: ActorTx, chosen: readonly string[]): Promise<readonly Choice[]> {
  if (chosen.length === 0) return [];
  const rows = await tx.customer.findMany({ where: { id: { in: [...chosen] } }, select: { id: true, name: true } });
  return withChosen(rows, chosen);
}

/** The choices, and a nameless one for everything chosen that is not among them. */
function withChosen(rows: readonly { id: string; name: string }[], chosen: readonly string[]): readonly Choice[] {
  const known = new Set(rows.map((row) => row.id));
  return [...rows, ...chosen.filter((id) => !known.has(id)).map((id) => ({ id, name: null }))];
}
