import 'server-only';
import path from 'node:path';
import { startPostgres } from '@/lib/db/embedded-postgres';
import {
  clusterUrls,
  type DatabaseUrls,
  ensureClusterLogins,
  ensureDatabase,
  ensureLogin,
  servingLogin,
  withClient,
  withLogin,
} from '@/lib/db/logins';
import { dataFolder } from './demo-files';

/** The demo's database, and how it ends. */
export type DemoDatabase = DatabaseUrls & {
  /** What to tell the person who started the demo. */
  place: string;
  /** Resolves if the database ends by itself; never for one that is not ours. */
  ended: Promise<unknown>;
  stop: () => Promise<void>;
};

const preferredPort = 54_329;

async function ownDatabase(): Promise<DemoDatabase> {
  const database = 'quayside';
  const server = await startPostgres({
    folder: path.join(dataFolder, 'postgres'),
    port: preferredPort,
    durable: true,
  });
  if (server.port !== preferredPort) {
    process.stdout.write(`Port ${preferredPort} is taken; PostgreSQL uses ${server.port} instead.\n`);
  }
  try {
    await ensureClusterLogins(server.superUrl);
    await ensureDatabase({ superUrl: server.superUrl, database });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const urls = clusterUrls({ superUrl: server.superUrl, database });
  return {
    ...urls,
    place: `127.0.0.1:${server.port}, data in ${server.home}`,
    ended: server.exited,
    stop: server.stop,
  };
}

/** A database that the environment names. With one login given, that one migrates and a serving login is made. */
async function givenDatabase({ url, password }: { url: string; password: string }): Promise<DemoDatabase> {
  const { host } = new URL(url);
  const rest = { place: host, ended: new Promise<unknown>(() => undefined), stop: async () => undefined };
  const migrationUrl = process.env.MIGRATION_DATABASE_URL;
  if (migrationUrl) return { migrationUrl, servingUrl: url, ...rest };
  const attributes = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION NOINHERIT';
  // A login that is no superuser may not even say NOSUPERUSER or the like about another.
  const plain = 'NOCREATEDB NOCREATEROLE NOINHERIT';
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ super: boolean }>(
      'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
    );
    const allowed = rows[0]?.super === true ? attributes : plain;
    await ensureLogin({ client, name: servingLogin, attributes: allowed, password });
  });
  return { migrationUrl: url, servingUrl: withLogin({ url, user: servingLogin, password }), ...rest };
}

/** The database that DATABASE_URL names, or an embedded PostgreSQL that keeps its data in the clone. */
export async function openDemoDatabase({ portalPassword }: { portalPassword: string }): Promise<DemoDatabase> {
  const url = process.env.DATABASE_URL;
  return url === undefined || url === '' ? ownDatabase() : givenDatabase({ url, password: portalPassword });
}
