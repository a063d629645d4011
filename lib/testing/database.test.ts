import { describe, expect, test } from 'vitest';
import { withClient } from '@/lib/db/logins';
import { pendingMigrations } from '@/lib/db/migrate';
import { env } from '@/lib/env';
import { copyDatabase, testDatabase } from './database';

const database = await testDatabase();

describe('a test database', () => {
  test('is the one that env() names, and is migrated', async () => {
    expect(env().DATABASE_URL).toBe(database.url);
    expect(await pendingMigrations(database.url)).toEqual([]);
  });

  test('serves through a login that owns nothing and inherits no role', async () => {
    const rows = await withClient(database.url, async (client) => {
      const found = await client.query(
        `SELECT current_user AS login, rolsuper, rolinherit, rolbypassrls, rolcreaterole,
           (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned
         FROM pg_roles WHERE rolname = current_user`,
      );
      return found.rows;
    });
    expect(rows).toEqual([
      {
        login: 'quayside_portal',
        rolsuper: false,
        rolinherit: false,
        rolbypassrls: false,
        rolcreaterole: false,
        owned: 0,
      },
    ]);
  });

  test('shares nothing with another one', async () => {
    const other = await copyDatabase();
    await withClient(other.migrationUrl, (client) => client.query('CREATE TABLE only_here ()'));
    const found = await withClient(database.migrationUrl, (client) =>
      client.query(`SELECT to_regclass('only_here') AS found`),
    );
    expect(found.rows).toEqual([{ found: null }]);
    await other.drop();
  });
});
