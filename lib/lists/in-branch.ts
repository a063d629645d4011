import 'server-only';
import { Prisma } from '../db/generated/client';

/**
 * The application's own fence in SQL, beside row-level security: the row under this alias belongs to a partner that the
 * transaction sees. Word for word what the policies ask, so that it costs the planner nothing new.
 */
export function inBranch(alias: 'r' | 'c' | 'u' | 'v' | 'o' | 'm'): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(alias)}.partner_id = any ((select visible_partners())::uuid[])`;
}

/** The same for a connection: of the branch, or shared by a partner above. */
export function connectionInSight(alias: 'k'): Prisma.Sql {
  const table = Prisma.raw(alias);
  return Prisma.sql`(${table}.partner_id = any ((select visible_partners())::uuid[])
    or (${table}.shared and ${table}.partner_id = any ((select above_partners())::uuid[])))`;
}
