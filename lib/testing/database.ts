import 'server-only';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { closeDatabases } from '@/lib/db/client';
import { clusterUrls, ensureDatabase, withClient, withLogin } from '@/lib/db/logins';
import { forgetEnv } from '@/lib/env';
import { isAlive } from '@/lib/process/running';
import { templateDatabase, testClusterUrl } from './cluster';

/** A database of its own, migrated and empty. */
export type TestDatabase = {
  /** Serving login: what the portal uses. */
  url: string;
  /** Owner login: what migrations use. */
  migrationUrl: string;
  /** Superuser on this database: for what no login of ours may see or break. */
  superUrl: string;
  /** Reads past row-level security, over one connection that stays open: for what is asked again and again. */
  readAll: <Row extends pg.QueryResultRow>(question: pg.QueryConfig) => Promise<readonly Row[]>;
  /** Deletes the database, connections included; whoever forgets it is swept up by a later test file. */
  drop: () => Promise<void>;
};

async function dropDatabase({ superUrl, database }: { superUrl: string; database: string }): Promise<void> {
  await withClient(superUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`),
  );
}

/** Deletes the databases of test processes that have ended, so that a long run does not fill the disk. */
async function sweep(superUrl: string): Promise<void> {
  const names = await withClient(superUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'`,
    );
    return rows.map((row) => row.name);
  });
  for (const database of names) {
    if (!isAlive(Number(database.split('_')[1]))) await dropDatabase({ superUrl, database });
  }
}

/** A copy of the migrated template that nothing else uses. Leaves the environment alone. */
export async function copyDatabase(): Promise<TestDatabase> {
  const superUrl = testClusterUrl();
  await sweep(superUrl);
  const database = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await ensureDatabase({ superUrl, database, template: templateDatabase });
  const { migrationUrl, servingUrl } = clusterUrls({ superUrl, database });
  const reading = new pg.Pool({ connectionString: withLogin({ url: superUrl, database }), max: 1 });
  // A test may end every connection there is.
  reading.on('error', () => undefined);
  return {
    url: servingUrl,
    migrationUrl,
    superUrl: withLogin({ url: superUrl, database }),
    readAll: async <Row extends pg.QueryResultRow>(question: pg.QueryConfig) =>
      (await reading.query<Row>(question)).rows,
    async drop() {
      await reading.end();
      await dropDatabase({ superUrl, database });
    },
  };
}

/**
 * A database for this test file, which `env()` of this process names from now on. Call it once, at the top of the file:
 * `const database = await testDatabase();`. What opens a pool reads `env()` on first use, so static imports may stay.
 */
export async function testDatabase(): Promise<TestDatabase> {
  // Test files share a process: whatever the one before has left open belongs to its own database.
  await closeDatabases();
  const database = await copyDatabase();
  process.env.DATABASE_URL = database.url;
  process.env.MIGRATION_DATABASE_URL = database.migrationUrl;
  forgetEnv();
  return database;
}
