import 'server-only';
import type pg from 'pg';
import { jobQueueProblem } from '@/lib/db/job-queue';
import { withClient } from '@/lib/db/logins';
import { pendingMigrations } from '@/lib/db/migrate';
import { connectionProblems, type DeclaredConnection } from './check-connections';

type LoginFacts = {
  login: string;
  version: number;
  superuser: boolean;
  bypasses: boolean;
  owns: string | null;
  becomes: string | null;
  inherits: boolean;
  serves: boolean;
};

// Membership counts like the right itself: a login that may become the owner can also switch row-level security off.
const loginQuery = `
  SELECT me.rolname AS login,
    current_setting('server_version_num')::int AS version,
    me.rolsuper AS superuser,
    me.rolbypassrls AS bypasses,
    (SELECT format('%s.%s', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT me.rolsuper AND pg_has_role(me.oid, c.relowner, 'MEMBER')
        AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      ORDER BY 1 LIMIT 1) AS owns,
    (SELECT r.rolname FROM pg_roles r WHERE r.oid <> me.oid AND NOT me.rolsuper AND (r.rolsuper OR r.rolbypassrls)
      AND pg_has_role(me.oid, r.oid, 'MEMBER') ORDER BY 1 LIMIT 1) AS becomes,
    EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname IN ('quayside_actor', 'quayside_system') AND NOT me.rolsuper
      AND pg_has_role(me.oid, r.oid, 'USAGE')) AS inherits,
    (SELECT count(*) FROM pg_roles r WHERE r.rolname IN ('quayside_actor', 'quayside_system')
      AND pg_has_role(me.oid, r.oid, CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)
    ) = 2 AS serves
  FROM pg_roles me WHERE me.rolname = current_user`;

function loginProblems(facts: LoginFacts): string[] {
  const login = `The login "${facts.login}" of DATABASE_URL`;
  const problems: string[] = [];
  if (facts.version < 150_000) problems.push('PostgreSQL must be version 15 or newer.');
  if (facts.superuser) problems.push(`${login} is a superuser; use one that is bound by row-level security.`);
  if (facts.bypasses && !facts.superuser)
    problems.push(`${login} bypasses row-level security; take BYPASSRLS from it.`);
  if (facts.owns !== null) problems.push(`${login} owns tables (${facts.owns}); only MIGRATION_DATABASE_URL's may.`);
  if (facts.becomes !== null)
    problems.push(`${login} may become "${facts.becomes}", which no row-level security binds.`);
  if (facts.inherits) problems.push(`${login} has the rights of the portal's roles at all times; make it NOINHERIT.`);
  if (!facts.serves) problems.push(`${login} may not take the portal's roles: run "npm run migrate".`);
  return problems;
}

/** What the serving role finds: the connections in use, and whether the queue of jobs is as it must be. */
async function asServingRole(client: pg.Client): Promise<{ connections: DeclaredConnection[]; queue: string | null }> {
  await client.query('BEGIN READ ONLY');
  await client.query('SET LOCAL ROLE quayside_system');
  const { rows } = await client.query<DeclaredConnection>(
    `SELECT key, base_url AS "baseUrl", token_url AS "tokenUrl", sandbox
     FROM connection JOIN connection_setting ON connection_id = id WHERE disabled_at IS NULL ORDER BY key`,
  );
  const queue = await jobQueueProblem(client);
  await client.query('ROLLBACK');
  return { connections: rows, queue };
}

/**
 * Asks the database's catalogue whether the portal may serve from it with this login, whether migrations are pending,
 * and whether its connections suit the installation. Returns a sentence per fault, without secrets.
 */
export async function databaseProblems({ url, sandbox }: { url: string; sandbox: boolean }): Promise<string[]> {
  try {
    const pending = await pendingMigrations(url);
    return await withClient(url, async (client) => {
      const { rows } = await client.query<LoginFacts>(loginQuery);
      const facts = rows[0];
      if (!facts) return ['The login of DATABASE_URL is unknown to its own database.'];
      if (pending.length > 0) {
        // Without its tables there is nothing more to ask, and the roles may not exist yet.
        const about = loginProblems({ ...facts, serves: true });
        return [...about, `Migrations are pending (${pending.join(', ')}): run "npm run migrate".`];
      }
      const about = loginProblems(facts);
      // With a login that is not fit to serve, its view of the connections means nothing.
      if (about.length > 0) return about;
      const { connections, queue } = await asServingRole(client);
      const unsuited = connectionProblems({ connections, sandbox, source: 'the database' });
      return queue === null ? unsuited : [...unsuited, queue];
    });
  } catch (error) {
    const { hostname, port } = new URL(url);
    // Several refused addresses come as one error without words of its own, but with their code.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    const reason = error instanceof Error && error.message !== '' ? error.message : code;
    return [`The database at ${hostname}:${port || '5432'} cannot be used: ${reason}.`];
  }
}
