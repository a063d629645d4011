import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { testClusterUrl } from '@/lib/testing/cluster';
import { clusterUrls, ensureDatabase, withClient } from './logins';
import { migrate } from './migrate';
import { replacedMigrations } from './replaced-migrations';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** An empty database of this run's PostgreSQL. */
async function emptyDatabase() {
  const superUrl = testClusterUrl();
  const database = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await ensureDatabase({ superUrl, database });
  return clusterUrls({ superUrl, database });
}

/** A folder of migrations, in the order given. */
function migrations(scripts: string[]): { folder: string; write: (index: number, script: string) => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-migrations-'));
  folders.push(folder);
  const write = (index: number, script: string): void => {
    const one = path.join(folder, `2026010100000${index}_step`);
    mkdirSync(one, { recursive: true });
    writeFileSync(path.join(one, 'migration.sql'), script);
  };
  scripts.forEach((script, index) => {
    write(index, script);
  });
  return { folder, write };
}

const dollarQuoted = `
  CREATE TABLE thing (id int);
  CREATE FUNCTION count_things() RETURNS int LANGUAGE plpgsql AS $$
  DECLARE n int; BEGIN SELECT count(*) INTO n FROM thing; RETURN n; END; $$;
`;

const tables = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  });

describe('migrating', () => {
  test('applies scripts with dollar-quoted bodies, once', async () => {
    const urls = await emptyDatabase();
    const { folder } = migrations([dollarQuoted, 'CREATE TABLE other ()']);
    expect(await migrate({ ...urls, folder })).toHaveLength(2);
    expect(await migrate({ ...urls, folder })).toEqual([]);
    const counted = await withClient(urls.migrationUrl, (client) => client.query('SELECT count_things() AS count'));
    expect(counted.rows).toEqual([{ count: 0 }]);
  });

  test('lets two starters at once through one after the other', async () => {
    const urls = await emptyDatabase();
    const { folder } = migrations([dollarQuoted]);
    const applied = await Promise.all([1, 2, 3].map(() => migrate({ ...urls, folder })));
    expect(applied.flat()).toHaveLength(1);
  });

  test('leaves nothing of a script that fails, says why, and applies it once it is mended', async () => {
    const urls = await emptyDatabase();
    const { folder, write } = migrations(['CREATE TABLE first (); CREATE TABLE second (id nonsense);']);
    await expect(migrate({ ...urls, folder })).rejects.toThrow(/type "nonsense" does not exist/);
    expect(await tables(urls.migrationUrl)).toEqual(['_prisma_migrations']);
    write(0, 'CREATE TABLE first ();');
    expect(await migrate({ ...urls, folder })).toHaveLength(1);
    expect(await tables(urls.migrationUrl)).toEqual(['_prisma_migrations', 'first']);
  });

  test('takes a database that ran the earlier text of a replaced script', async () => {
    const urls = await emptyDatabase();
    await migrate(urls);
    await withClient(urls.migrationUrl, async (client) => {
      for (const { name, before, now } of replacedMigrations) {
        const change = 'UPDATE "_prisma_migrations" SET checksum = $2 WHERE migration_name = $1 AND checksum = $3';
        expect((await client.query(change, [name, before, now])).rowCount).toBe(1);
      }
    });
    expect(await migrate(urls)).toEqual([]);
  });

  test('refuses a script that was changed after it had been applied', async () => {
    const urls = await emptyDatabase();
    const { folder, write } = migrations(['CREATE TABLE first ()']);
    await migrate({ ...urls, folder });
    write(0, 'CREATE TABLE first (id int)');
    await expect(migrate({ ...urls, folder })).rejects.toThrow(/20260101000000_step was changed/);
  });

  test('says which login is missing', async () => {
    const urls = await emptyDatabase();
    const servingUrl = 'postgresql://nobody_here@127.0.0.1/none';
    const { folder } = migrations([]);
    await expect(migrate({ ...urls, servingUrl, folder })).rejects.toThrow(/login "nobody_here" .* does not exist/);
  });
});
