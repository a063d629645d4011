import 'server-only';
import { startPostgres } from '@/lib/db/embedded-postgres';
import { clusterUrls, ensureClusterLogins, ensureDatabase } from '@/lib/db/logins';
import { migrate } from '@/lib/db/migrate';

/** Database that holds the migrated, empty schema; every test database is a copy of it. */
export const templateDatabase = 'quayside_template';

/** Variable that tells the processes of a test run where its PostgreSQL is (superuser's connection string). */
const clusterVariable = 'QUAYSIDE_TEST_POSTGRES';

/**
 * Starts the test run's PostgreSQL with a migrated template and tells later processes of the run where it is.
 * A run that already has one keeps it. `durable` keeps fsync on, for measurements. Resolves with what stops it.
 */
export async function startTestCluster({ durable = false } = {}): Promise<() => Promise<void>> {
  if (process.env[clusterVariable] !== undefined) return async () => undefined;
  const { superUrl, stop } = await startPostgres({ durable });
  try {
    await ensureClusterLogins(superUrl);
    await ensureDatabase({ superUrl, database: templateDatabase });
    await migrate(clusterUrls({ superUrl, database: templateDatabase }));
  } catch (error) {
    await stop();
    throw error;
  }
  process.env[clusterVariable] = superUrl;
  return async () => {
    delete process.env[clusterVariable];
    await stop();
  };
}

/** The superuser's connection string of this run's PostgreSQL; throws when none was started. */
export function testClusterUrl(): string {
  const superUrl = process.env[clusterVariable];
  if (superUrl === undefined)
    throw new Error('No PostgreSQL was started for this test run: see lib/testing/cluster.ts.');
  return superUrl;
}
