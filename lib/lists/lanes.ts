import 'server-only';
import { Prisma } from '../db/generated/client';
import { inBranch } from './in-branch';
import type { Place } from './place';

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
}

/** A relation of the values that lanes are made of, one row each. */
export interface Lanes {
  readonly sql: Prisma.Sql;
  /**
   * Each lane is one of a partner in sight, so its rows need no fence of their own. An array of the whole branch would be
   * sorted anew for each lane, which with 5,000 partners takes seconds.
   */
  readonly ofBranch: boolean;
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
  return { sql: partnersInSight(partnerIds), ofBranch: true };
}

function partnersInSight(partnerIds: readonly string[]): Prisma.Sql {
  if (partnerIds.length === 0) return Prisma.sql`select unnest(visible_partners()) as partner_id`;
  return Prisma.sql`select distinct descendant_id as partner_id from partner_closure
    where ancestor_id = any (${[...partnerIds]}::uuid[]) and ancestor_id = any ((select visible_partners())::uuid[])`;
}

/** `r` belongs to a partner at or below the given ones; nothing to ask when none is given. */
export function withinPartners(partnerIds: readonly string[]): readonly Prisma.Sql[] {
  if (partnerIds.length === 0) return [];
  return [
    Prisma.sql`r.partner_id = any (array(select descendant_id from partner_closure
    where ancestor_id = any (${[...partnerIds]}::uuid[]) and ancestor_id = any ((select visible_partners())::uuid[])))`,
  ];
}

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
  if (sources.length === 0) return Prisma.sql`select null::uuid as id where false`;
  const direction = place.before === null ? Prisma.sql`desc` : Prisma.sql`asc`;
  const reads = sources.map(({ lanes, on, where }) => {
    const fence = lanes.ofBranch ? [] : [inBranch('r')];
    const condition = Prisma.join([on, ...fence, ...where, ...cursor(place)], ' and ');
    const newest = (rows: number) => Prisma.sql`select r.id from ${tables[table]} r where ${condition}
      order by r.id ${direction} limit ${rows}`;
    // Only the lanes with the foremost rows can be on the page, and there are at most as many of them as rows.
    return Prisma.sql`select r.id from (
        select lane.*, (${newest(1)}) as foremost from (${lanes.sql}) lane order by foremost ${direction} nulls last limit ${limit}
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
  return { sql: Prisma.sql`select unnest(${[...ids]}::uuid[]) as id`, ofBranch: false };
}

/** A lane per word. */
export function wordLanes(words: readonly string[]): Lanes {
  return { sql: Prisma.sql`select unnest(${[...words]}::text[]) as word`, ofBranch: false };
}

/** A lane per pair of a partner in sight and an id. */
export function partnerIdLanes(partnerIds: readonly string[], ids: readonly string[]): Lanes {
  const sql = Prisma.sql`select p.partner_id, v.id from (${partnersInSight(partnerIds)}) p
    cross join unnest(${[...ids]}::uuid[]) v (id)`;
  return { sql, ofBranch: true };
}

/** A lane per pair of a partner in sight and a word. */
export function partnerWordLanes(partnerIds: readonly string[], words: readonly string[]): Lanes {
  const sql = Prisma.sql`select p.partner_id, v.word from (${partnersInSight(partnerIds)}) p
    cross join unnest(${[...words]}::text[]) v (word)`;
  return { sql, ofBranch: true };
}
