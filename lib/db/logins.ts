import 'server-only';
import { createHmac } from 'node:crypto';
import pg from 'pg';

/** Owns database and schema, and makes the roles; migrations run as this login. */
export const ownerLogin = 'quayside_owner';
/** Serves portal and worker: owns nothing, inherits nothing, is bound by row-level security. */
export const servingLogin = 'quayside_portal';

/** The two connection strings of one database. */
export type DatabaseUrls = { migrationUrl: string; servingUrl: string };

/** The connection string `url` with another login, password or database. */
export function withLogin({
  url,
  user,
  password,
  database,
}: {
  url: string;
  user?: string;
  password?: string;
  database?: string;
}): string {
  const changed = new URL(url);
  if (user !== undefined) changed.username = encodeURIComponent(user);
  if (password !== undefined) changed.password = encodeURIComponent(password);
  if (database !== undefined) changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** Runs `work` with one connection and closes it; a lost connection is told by the query that meets it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates a login or gives an existing one these attributes and this password. */
export async function ensureLogin({
  client,
  name,
  attributes,
  password,
}: {
  client: pg.Client;
  name: string;
  attributes: string;
  password: string;
}): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  const literal = client.escapeLiteral(password);
  await client.query(`${verb} ROLE ${client.escapeIdentifier(name)} WITH LOGIN ${attributes} PASSWORD ${literal}`);
}

function clusterPassword({ superUrl, login }: { superUrl: string; login: string }): string {
  const secret = decodeURIComponent(new URL(superUrl).password);
  return createHmac('sha256', secret).update(login).digest('base64url');
}

/** The connection strings of `database` in a cluster of ours: passwords follow from the superuser's, none is stored. */
export function clusterUrls({ superUrl, database }: { superUrl: string; database: string }): DatabaseUrls {
  const urlOf = (user: string) =>
    withLogin({ url: superUrl, user, password: clusterPassword({ superUrl, login: user }), database });
  return { migrationUrl: urlOf(ownerLogin), servingUrl: urlOf(servingLogin) };
}

/** Makes both logins in a cluster of ours, or mends their attributes and passwords. */
export async function ensureClusterLogins(superUrl: string): Promise<void> {
  const plain = 'NOSUPERUSER NOCREATEDB NOBYPASSRLS NOREPLICATION';
  await withClient(superUrl, async (client) => {
    const passwordOf = (login: string) => clusterPassword({ superUrl, login });
    const attributes = { owner: `${plain} CREATEROLE`, serving: `${plain} NOCREATEROLE NOINHERIT` };
    await ensureLogin({ client, name: ownerLogin, attributes: attributes.owner, password: passwordOf(ownerLogin) });
    await ensureLogin({
      client,
      name: servingLogin,
      attributes: attributes.serving,
      password: passwordOf(servingLogin),
    });
  });
}

/** Makes a database that the owner login owns, empty or as a copy of `template`. An existing one is left as it is. */
export async function ensureDatabase({
  superUrl,
  database,
  template,
}: {
  superUrl: string;
  database: string;
  template?: string;
}): Promise<void> {
  await withClient(superUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount !== 0) return;
    const copy = template === undefined ? '' : ` TEMPLATE ${client.escapeIdentifier(template)}`;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${ownerLogin}${copy}`);
  });
}
