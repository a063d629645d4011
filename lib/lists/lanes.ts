import 'server-only';
import { Prisma } from '../db/generated/client';
import { inBranch, inSight } from './in-branch';
import { highestId, lowestId, type Place } from './place';

/**
 * One way into a list. Each lane is a stretch of an index that is already in the list's order: `partner_id = x`, or
 * `partner_id = x and connection_id = y`. A page is merged from the newest rows of every lane, so that a whole branch
 * costs as many short index reads as it has partners, and a filter without hits reads nothing.
 */
export interface Source {
  readonly lanes: Lanes;
  /** Ties a row `r` of the list to its `lane`, by columns that lead an index which ends in `id`. */
  readonly on: Prisma.Sql;
  /** What else must hold of `r`. */
  readonly where: readonly Prisma.Sql[];
  /**
   * All that must hold of a row `r` of the branch for this source to find it, for a walk through the list in its order: where
   * most of the newest rows belong to the branch, that is shorter than a lane per partner. Absent: its lanes alone.
   */
  readonly walk?: readonly Prisma.Sql[];
}

/** A relation of the values that lanes are made of, one row each. */
export interface Lanes {
  readonly sql: Prisma.Sql;
  /**
   * Each lane is one of a partner in sight, so its rows need no fence of their own. An array of the whole branch would be
   * sorted anew for each lane, which with 5,000 partners takes seconds.
   */
  readonly ofBranch: boolean;
  /** Of lanes of a branch: the partners that it was narrowed to, with what is below them; all in sight when empty. */
  readonly below: readonly string[];
}

const tables = {
  attempt: Prisma.sql`attempt`,
  audit_entry: Prisma.sql`audit_entry`,
  customer: Prisma.sql`customer`,
  onboarding: Prisma.sql`onboarding`,
} as const;
export type ListedTable = keyof typeof tables;

/** One lane per partner that the transaction sees, or per partner at or below the given ones. */
export function partnerLanes(partnerIds: readonly string[]): Lanes {
  return { sql: partnersInSight(partnerIds), ofBranch: true, below: partnerIds };
}

/** The same for what `attempt_open` has: of a wide branch the partners that have an open attempt. */
export function openLanes(partnerIds: readonly string[]): Lanes {
  if (partnerIds.length > 0) return partnerLanes(partnerIds);
  return { sql: Prisma.sql`select partners_with_open() as partner_id`, ofBranch: true, below: [] };
}

function partnersInSight(partnerIds: readonly string[]): Prisma.Sql {
  if (partnerIds.length === 0) return Prisma.sql`select unnest(visible_partners()) as partner_id`;
  return Prisma.sql`select distinct c.descendant_id as partner_id from partner_closure c
    where c.ancestor_id = any (${seen(partnerIds)})`;
}

/** Those of these partners that the transaction sees, as an array: below another's, perhaps above one's own, nobody looks. */
function seen(partnerIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`array(select named from unnest(${[...partnerIds]}::uuid[]) named where ${inSight(Prisma.sql`named`)})`;
}

/** `r` belongs to a partner at or below the given ones; nothing to ask when none is given. */
export function withinPartners(partnerIds: readonly string[]): readonly Prisma.Sql[] {
  if (partnerIds.length === 0) return [];
  return [
    Prisma.sql`(select true from partner_closure c where c.descendant_id = r.partner_id
    and c.ancestor_id = any (${seen(partnerIds)}) limit 1)`,
  ];
}

/** A branch of more partners than this is walked through first. */
const fewLanes = 64;
/** Rows of the list, anybody's, that a walk passes before the lanes are taken instead. */
const walked = 500;

/**
 * A query for the ids of the rows next to a place: newest first after it, oldest first before it. Rows that several
 * sources find count once.
 */
export function hitIds({
  table,
  sources,
  place,
  limit,
}: {
  readonly table: ListedTable;
  readonly sources: readonly Source[];
  readonly place: Place;
  readonly limit: number;
}): Prisma.Sql {
  const [only, second] = sources;
  if (only === undefined) return Prisma.sql`select null::uuid as id where false`;
  if (only.walk === undefined || second !== undefined) return laneIds({ table, sources, place, limit });
  const forwards = place.before !== null;
  const direction = forwards ? Prisma.sql`asc` : Prisma.sql`desc`;
  const end = Prisma.sql`(select coalesce(id, ${forwards ? highestId : lowestId}::uuid) from edge)`;
  const upToEdge = forwards ? Prisma.sql`r.id <= ${end}` : Prisma.sql`r.id >= ${end}`;
  const passed = Prisma.join([Prisma.sql`(select many from wide)`, upToEdge, ...cursor(place)], ' and ');
  const near = Prisma.join([inBranch('r'), ...only.walk], ' and ');
  // Lanes are read where they are few, and where the walk neither filled the page nor came to the end of the list.
  const gate = Prisma.sql`(select not many from wide)
    or ((select count(*) < ${limit} from near) and (select id is not null from edge))`;
  // The end is a subquery's whole answer: a `coalesce` around the subquery counts as no operator that keeps a secret, and
  // under row-level security the index would not be asked for it, so that the walk went on to the end of the table. The rows
  // are read before the filter judges them, with a limit that leaves none of them out: for a rare value the planner would
  // rather search the stretches of every partner, anybody's.
  return Prisma.sql`with wide as materialized (
      select count(*) > ${fewLanes} as many from (
        ${someOf(only.lanes)} limit ${fewLanes + 1}) some_lanes
    ), edge as materialized (
      select list_edge(${table}, ${place.before ?? place.after}::uuid, ${forwards}, ${walked}) as id from wide where many
    ), near as materialized (
      select r.id from (
        select * from ${tables[table]} r where ${passed} order by r.id ${direction} limit ${walked + 1}) r
      where ${near} order by r.id ${direction} limit ${limit}
    )
    select id from (select id from near union (${laneIds({ table, sources, place, limit, gate })})) found
    order by id ${direction} limit ${limit}`;
}

/** A row for each partner of lanes of a branch, perhaps twice. */
function someOf({ below }: Lanes): Prisma.Sql {
  if (below.length === 0) return Prisma.sql`select from partner_sight`;
  return Prisma.sql`select from partner_closure c where c.ancestor_id = any (${seen(below)})`;
}

/** The same, found lane by lane. */
function laneIds({
  table,
  sources,
  place,
  limit,
  gate,
}: {
  readonly table: ListedTable;
  readonly sources: readonly Source[];
  readonly place: Place;
  readonly limit: number;
  /** What must hold for any lane to be read. */
  readonly gate?: Prisma.Sql;
}): Prisma.Sql {
  const direction = place.before === null ? Prisma.sql`desc` : Prisma.sql`asc`;
  const asked = gate === undefined ? Prisma.empty : Prisma.sql`where ${gate}`;
  const reads = sources.map(({ lanes, on, where }) => {
    const fence = lanes.ofBranch ? [] : [inBranch('r')];
    const condition = Prisma.join([on, ...fence, ...where, ...cursor(place)], ' and ');
    const newest = (rows: number) => Prisma.sql`select r.id from ${tables[table]} r where ${condition}
      order by r.id ${direction} limit ${rows}`;
    // Only the lanes with the foremost rows can be on the page, and there are at most as many of them as rows.
    return Prisma.sql`select r.id from (
        select lane.*, (${newest(1)}) as foremost from (${lanes.sql}) lane ${asked} order by foremost ${direction} nulls last limit ${limit}
      ) lane cross join lateral (${newest(limit)}) r where lane.foremost is not null`;
  });
  return Prisma.sql`select id from (${Prisma.join(reads, ' union ')}) hit order by id ${direction} limit ${limit}`;
}

function cursor({ after, before }: Place): readonly Prisma.Sql[] {
  if (after !== null) return [Prisma.sql`r.id < ${after}::uuid`];
  if (before !== null) return [Prisma.sql`r.id > ${before}::uuid`];
  return [];
}

/** A lane per id. */
export function idLanes(ids: readonly string[]): Lanes {
  return { sql: Prisma.sql`select unnest(${[...ids]}::uuid[]) as id`, ofBranch: false, below: [] };
}

/** A lane per word. */
export function wordLanes(words: readonly string[]): Lanes {
  return { sql: Prisma.sql`select unnest(${[...words]}::text[]) as word`, ofBranch: false, below: [] };
}

/** A lane per pair of a partner in sight and an id. */
export function partnerIdLanes(partnerIds: readonly string[], ids: readonly string[]): Lanes {
  const sql = Prisma.sql`select p.partner_id, v.id from (${partnersInSight(partnerIds)}) p
    cross join unnest(${[...ids]}::uuid[]) v (id)`;
  return { sql, ofBranch: true, below: partnerIds };
}

/** A lane per pair of a partner in sight and a word. */
export function partnerWordLanes(partnerIds: readonly string[], words: readonly string[]): Lanes {
  const sql = Prisma.sql`select p.partner_id, v.word from (${partnersInSight(partnerIds)}) p
    cross join unnest(${[...words]}::text[]) v (word)`;
  return { sql, ofBranch: true, below: partnerIds };
}
