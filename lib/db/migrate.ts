import 'server-only';
import pg from 'pg';
import { installJobQueue } from './job-queue';
import { withClient } from './logins';
import { acceptReplaced } from './replaced-migrations';
import { migrationNames, withEngine } from './schema-engine';

/** Roles that the first migration makes; the serving login takes one of them per transaction. */
const servingRoles = ['quayside_actor', 'quayside_system'];
/** Any number that nothing else in this database locks. */
const migrationLock = 7_118_305_217;

function loginName(servingUrl: string): string {
  const { user } = new pg.Client({ connectionString: servingUrl });
  if (user === undefined) throw new Error('DATABASE_URL names no login.');
  return user;
}

/** Lets the serving login take the roles, without having their rights before it does. */
async function grantRoles({ client, login }: { client: pg.Client; login: string }): Promise<void> {
  const { rows } = await client.query<{ version: number; exists: boolean }>(
    `SELECT current_setting('server_version_num')::int AS version,
       EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS exists`,
    [login],
  );
  const [database] = rows;
  if (!database?.exists)
    throw new Error(`The login "${login}" of DATABASE_URL does not exist in this database server.`);
  const withOptions = database.version >= 160_000;
  const optionsHold = withOptions ? 'AND NOT inherit_option AND set_option' : '';
  for (const role of servingRoles) {
    const granted = await client.query(
      `SELECT 1 FROM pg_auth_members JOIN pg_roles granted ON granted.oid = roleid JOIN pg_roles taker ON taker.oid = member
       WHERE granted.rolname = $1 AND taker.rolname = $2 ${optionsHold}`,
      [role, login],
    );
    // Roles belong to the whole server: granting again would meet other starters on the same row.
    if (granted.rowCount !== 0) continue;
    const options = withOptions ? ' WITH INHERIT FALSE, SET TRUE' : '';
    await client.query(`GRANT ${role} TO ${client.escapeIdentifier(login)}${options}`).catch((error) => {
      if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
      // Another login has made the roles: an installation beside this one, or the database's administrator.
      throw new Error(
        `the login of MIGRATION_DATABASE_URL may not grant ${role}. As an administrator of the database server run: ` +
          `GRANT ${servingRoles.join(', ')} TO <that login> WITH ADMIN OPTION;`,
      );
    });
  }
  // Start-up asks, with this login, whether migrations are pending.
  await client.query(`GRANT SELECT ON "_prisma_migrations" TO ${client.escapeIdentifier(login)}`);
}

async function applyMissing({ migrationUrl, folder }: { migrationUrl: string; folder: string | undefined }) {
  return withEngine({ url: migrationUrl, folder }, async (engine) => {
    const { failed } = await engine.diagnose();
    // A migration goes out as one query and therefore as one transaction: what was cut short left nothing behind.
    for (const name of failed) await engine.markRolledBack(name);
    // Asked again, because a failed one may have been mended since.
    const { edited } = await engine.diagnose();
    if (edited.length > 0) {
      const names = edited.join(', ');
      throw new Error(`${names} was changed after it had been applied. Restore its text or use a new database.`);
    }
    return engine.apply();
  });
}

/**
 * Brings the database up to date (PostgreSQL 15 to 18), the queue of jobs included, and lets the serving login take its
 * roles. One starter at a time: others wait. Keeps Prisma's `_prisma_migrations`, so `prisma migrate deploy` works beside it.
 * Returns the names applied, oldest first. Throws with a sentence that says what failed.
 */
export async function migrate({
  migrationUrl,
  servingUrl,
  folder,
}: {
  migrationUrl: string;
  servingUrl: string;
  /** Another folder of migrations, for tests. */
  folder?: string;
}): Promise<string[]> {
  const login = loginName(servingUrl);
  try {
    return await withClient(migrationUrl, async (client) => {
      await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
      await acceptReplaced(client);
      const applied = await applyMissing({ migrationUrl, folder });
      await grantRoles({ client, login });
      await installJobQueue(client);
      return applied;
    });
  } catch (error) {
    throw new Error(`The database was not migrated: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * Names of the migrations that this database still lacks, asked with any login that may read the list.
 * A database that was never migrated lacks them all. Throws when it cannot be reached.
 */
export async function pendingMigrations(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ readable: boolean }>(
      `SELECT COALESCE(has_table_privilege(to_regclass('"_prisma_migrations"'), 'SELECT'), false) AS readable`,
    );
    if (!rows[0]?.readable) return migrationNames();
    const applied = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const names = new Set(applied.rows.map((row) => row.migration_name));
    return migrationNames().filter((name) => !names.has(name));
  });
}
