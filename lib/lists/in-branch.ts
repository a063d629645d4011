import 'server-only';
import { Prisma } from '../db/generated/client';

/**
 * The application's own fence in SQL, beside row-level security: the transaction sees the partner of this column. Word for
 * word what the policies ask. It looks at the way up from a row that was found, and leads to none: whatever finds the rows is
 * to be named beside it.
 * @param column of a partner's id, as SQL
 */
export function inSight(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(select true from partner_sight sight where sight.partner_id = ${column} limit 1)`;
}

/** The row under this alias belongs to a partner that the transaction sees. */
export function inBranch(alias: 'r' | 'c' | 'u' | 'v' | 'o' | 'm'): Prisma.Sql {
  return inSight(Prisma.sql`${Prisma.raw(alias)}.partner_id`);
}

/**
 * The same, asked of the branch as a list: it leads to the rows by their partner. For what nothing narrower leads to, so that
 * of a small branch in a large installation nothing else is read.
 */
export function ofBranch(alias: 'r' | 'u'): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(alias)}.partner_id = any ((select visible_partners())::uuid[])`;
}

/** The same for a connection: of the branch, or shared by a partner above. */
export function connectionInSight(alias: 'k' | 'c'): Prisma.Sql {
  const table = Prisma.raw(alias);
  return Prisma.sql`(${inSight(Prisma.sql`${table}.partner_id`)}
    or (${table}.shared and ${table}.partner_id = any ((select above_partners())::uuid[])))`;
}
