import 'server-only';
import { Prisma } from '../db/generated/client';
import { connectionInSight, inBranch, inSight } from './in-branch';
import { type SearchTerm, spellings } from './search-term';

/** No character stands above this one. */
const highest = '\u{10ffff}';
const nothing = Prisma.sql`select null::uuid where false`;

/**
 * A column of text begins with one of these texts. By operators that hold no secret back from the planner, unlike LIKE,
 * so that an index of `text_pattern_ops` answers under row-level security too.
 */
export function textBeginsWith(column: Prisma.Sql, prefixes: readonly string[]): Prisma.Sql {
  if (prefixes.length === 0) return Prisma.sql`false`;
  return Prisma.sql`(${Prisma.join(
    prefixes.map((prefix) => Prisma.sql`(${column} ~>=~ ${prefix} and ${column} ~<~ ${prefix + highest})`),
    ' or ',
  )})`;
}

/** Tables whose ids are found by their beginning, each with its own fence. */
const idColumns = {
  attempt: Prisma.sql`select r.id from attempt r where ${inBranch('r')} and r.id`,
  connection: Prisma.sql`select k.id from connection k where ${connectionInSight('k')} and k.id`,
  customer: Prisma.sql`select c.id from customer c where ${inBranch('c')} and c.id`,
  onboarding: Prisma.sql`select o.correlation_id from onboarding o where ${inBranch('o')} and o.correlation_id`,
  partner: Prisma.sql`select p.id from partner p where ${inSight(Prisma.sql`p.id`)} and p.id`,
  user: Prisma.sql`select u.id from app_user u where ${inBranch('u')} and u.id`,
} as const;

/** Ids of records of the branch that begin as typed, the newest first where ids tell the time. */
export function idsThatBegin(table: keyof typeof idColumns, { range }: SearchTerm, most: number): Prisma.Sql {
  if (range === null) return nothing;
  return Prisma.sql`(${idColumns[table]} between ${range.lowest}::uuid and ${range.highest}::uuid order by 1 desc limit ${most})`;
}

/** Customers of the branch with an account whose id at the vendor begins as typed. */
export function customersByVendorId({ prefixes }: SearchTerm, most: number): Prisma.Sql {
  if (prefixes.length === 0) return nothing;
  return Prisma.sql`(select v.customer_id from vendor_account v
    where ${textBeginsWith(Prisma.sql`v.vendor_id`, prefixes)} and ${inBranch('v')} limit ${most})`;
}

/** Attempts of the branch whose id at the vendor, or the vendor's own id of the call, begins as typed. */
export function attemptsByVendorId({ prefixes }: SearchTerm, most: number): Prisma.Sql {
  if (prefixes.length === 0) return nothing;
  const by = (column: Prisma.Sql) =>
    Prisma.sql`(select r.id from attempt r where ${textBeginsWith(column, prefixes)} and ${inBranch('r')} limit ${most})`;
  return Prisma.sql`${by(Prisma.sql`r.vendor_id`)} union ${by(Prisma.sql`r.vendor_correlation_id`)}`;
}

/** What a mapping is at the vendor is the text, or begins with it. */
export function mappingIs({ text, prefixes }: SearchTerm): Prisma.Sql {
  const whole = Prisma.sql`m.external_id = any (${[...spellings(text)]}::text[])`;
  return prefixes.length === 0
    ? whole
    : Prisma.sql`(${whole} or ${textBeginsWith(Prisma.sql`m.external_id`, prefixes)})`;
}

/** Attempts of the branch that went through a mapping which is, or begins, as typed. */
export function attemptsByMapping(term: SearchTerm, most: number): Prisma.Sql {
  // Materialized: for the few rows of the limit alone the planner would rather read every mapping.
  return Prisma.sql`(with meant as materialized (
      select m.partner_id, m.connection_id, m.external_id from mapping m where ${mappingIs(term)} and ${inBranch('m')})
    select through.id from meant m cross join lateral (
      select r.id from attempt r where r.partner_id = m.partner_id and r.connection_id = m.connection_id
        and r.mapping_id = m.external_id and ${inBranch('r')} order by r.id desc limit ${most}) through limit ${most})`;
}
