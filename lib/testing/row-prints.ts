import 'server-only';
import { createHash } from 'node:crypto';
import type { TestDatabase } from './database';

/** Fingerprints of all rows of each table, read past row-level security. */
export type RowPrints = ReadonlyMap<string, string>;

/** Tables whose rows belong to a partner through a person, not by a column of their own. */
const throughUser = ['session', 'user_password'];

/** Every row that belongs to the partners given, by table. */
export async function printsOf(database: TestDatabase, partnerIds: readonly string[]): Promise<RowPrints> {
  const owned = (await tablesOf(database, 'partner_id')).map((name) => ({
    name,
    condition: 't.partner_id = any ($1)',
  }));
  const others = throughUser.map((name) => ({
    name,
    condition: 't.user_id in (select id from app_user where partner_id = any ($1))',
  }));
  return read(database, [...owned, ...others, { name: 'partner', condition: 't.id = any ($1)' }], [partnerIds]);
}

/** Every row there is, by table, but for sessions, which note when they were last seen. */
export async function allPrints(database: TestDatabase): Promise<RowPrints> {
  const names = (await tablesOf(database)).filter((name) => name !== 'session');
  return read(
    database,
    names.map((name) => ({ name, condition: 'true' })),
    [],
  );
}

/** The tables in which two fingerprints differ. */
export function changedTables(before: RowPrints, after: RowPrints): readonly string[] {
  return [...after].filter(([name, print]) => before.get(name) !== print).map(([name]) => name);
}

/** Names of the tables of a database: all, or those with a column. */
async function tablesOf({ readAll }: TestDatabase, column?: string): Promise<readonly string[]> {
  const rows = await readAll<{ name: string }>({
    name: 'tables-of',
    text: `select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and ($1::text is null
        or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = $1)) order by 1`,
    values: [column ?? null],
  });
  return rows.map(({ name }) => name);
}

async function read(
  { readAll }: TestDatabase,
  tables: readonly { readonly name: string; readonly condition: string }[],
  values: readonly unknown[],
): Promise<RowPrints> {
  const reads = tables.map(
    ({ name, condition }) =>
      `select '${name}' as name, count(*) || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as print
       from "${name}" t where ${condition}`,
  );
  // Prepared, because planning it takes longer than reading.
  const text = reads.join(' union all ');
  const name = `prints-${createHash('md5').update(text).digest('hex')}`;
  const rows = await readAll<{ name: string; print: string }>({ name, text, values: [...values] });
  return new Map(rows.map(({ name, print }) => [name, print]));
}
