import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { withClient, withLogin } from '@/lib/db/logins';
import type { RawEnv } from '@/lib/env';
import { copyDatabase } from '@/lib/testing/database';
import { checkStart } from './check-start';

const database = await copyDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good: RawEnv = {
  DATABASE_URL: database.url,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
  NEXTAUTH_URL: 'https://portal.example',
  QUAYSIDE_SECRET_KEYS: `1:${randomBytes(32).toString('base64')}`,
};

function connectionsFile(content: unknown): string {
  const file = path.join(folder, `${randomBytes(4).toString('hex')}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A login with attributes of its own; roles belong to the whole server, so its name is random. */
async function newLogin(attributes: string, also: (name: string) => string[] = () => []): Promise<string> {
  const name = `check_${randomBytes(4).toString('hex')}`;
  await withClient(database.superUrl, async (client) => {
    await client.query(`CREATE ROLE ${name} LOGIN NOINHERIT ${attributes} PASSWORD 'word'`);
    await client.query(`GRANT quayside_actor, quayside_system TO ${name}`);
    await client.query(`GRANT SELECT ON "_prisma_migrations" TO ${name}`);
    for (const statement of also(name)) await client.query(statement);
  });
  return withLogin({ url: database.url, user: name, password: 'word' });
}

describe('start-up', () => {
  test('accepts a complete production environment', async () => {
    expect(await checkStart(good)).toEqual([]);
  });

  test('names everything at once', async () => {
    const problems = await checkStart({ NEXTAUTH_URL: 'http://portal.example', NEXTAUTH_SECRET: 'short' });
    expect(problems).toHaveLength(4);
  });

  const http = { key: 'plain', baseUrl: 'http://vendor.example' };
  const sandboxed = { ...http, key: 'toy', sandbox: true };
  const secure = { key: 'good', baseUrl: 'https://vendor.example', tokenUrl: 'https://login.example/token' };

  test.each<{ name: string; change: () => RawEnv; says: RegExp }>([
    {
      name: 'a default secret',
      change: () => ({ NEXTAUTH_SECRET: 'change-me-change-me-change-me-change-me' }),
      says: /NEXTAUTH_SECRET is a default/,
    },
    {
      name: 'a typed secret',
      change: () => ({ NEXTAUTH_SECRET: 'aaaaaaaabbbbbbbbaaaaaaaabbbbbbbb' }),
      says: /NEXTAUTH_SECRET is a default/,
    },
    { name: 'a short secret', change: () => ({ NEXTAUTH_SECRET: 'x7Kp2' }), says: /at least 32/ },
    {
      name: 'a seal key of zeros',
      change: () => ({ QUAYSIDE_SECRET_KEYS: `1:${Buffer.alloc(32).toString('base64')}` }),
      says: /default or the demo's key/,
    },
    { name: 'plain http in public', change: () => ({ NEXTAUTH_URL: 'http://portal.example' }), says: /https/ },
    { name: 'malformed proxies', change: () => ({ TRUSTED_PROXIES: 'all' }), says: /TRUSTED_PROXIES/ },
    {
      name: 'a file that is not there',
      change: () => ({ QUAYSIDE_CONNECTIONS_FILE: '/nowhere.json' }),
      says: /cannot be read/,
    },
    {
      name: 'a file that is not JSON',
      change: () => ({ QUAYSIDE_CONNECTIONS_FILE: connectionsFile('{') }),
      says: /not JSON/,
    },
    {
      name: 'a file of something else',
      change: () => ({ QUAYSIDE_CONNECTIONS_FILE: connectionsFile([{ key: 1 }]) }),
      says: /0\.key/,
    },
    {
      name: 'a connection on http',
      change: () => ({ QUAYSIDE_CONNECTIONS_FILE: connectionsFile([http]) }),
      says: /"plain".*https/,
    },
    {
      name: 'a token address on http',
      change: () => ({ QUAYSIDE_CONNECTIONS_FILE: connectionsFile([{ ...secure, tokenUrl: 'http://x.example' }]) }),
      says: /"good".*https/,
    },
    {
      name: 'a sandbox connection outside a sandbox',
      change: () => ({ QUAYSIDE_CONNECTIONS_FILE: connectionsFile([sandboxed]) }),
      says: /"toy".*QUAYSIDE_SANDBOX is off/,
    },
    {
      name: 'a database that is not there',
      change: () => ({ DATABASE_URL: 'postgresql://x:secretword@127.0.0.1:1/none' }),
      says: /127\.0\.0\.1:1 cannot be used/,
    },
    {
      name: 'a wrong password',
      change: () => ({ DATABASE_URL: withLogin({ url: database.url, password: 'wrongword' }) }),
      says: /password authentication failed/,
    },
    { name: 'the superuser', change: () => ({ DATABASE_URL: database.superUrl }), says: /superuser/ },
    { name: 'the owner', change: () => ({ DATABASE_URL: database.migrationUrl }), says: /owns tables/ },
  ])('refuses $name with one sentence', async ({ change, says }) => {
    const problems = await checkStart({ ...good, ...change() });
    expect(problems.filter((problem) => says.test(problem))).toHaveLength(1);
    expect(problems.join()).not.toMatch(/secretword|wrongword|x7Kp2/);
  });

  test('accepts http and sandbox connections in a sandbox', async () => {
    const file = connectionsFile([sandboxed, secure]);
    const sandbox = { QUAYSIDE_SANDBOX: '1', NEXTAUTH_URL: 'http://localhost:3000', QUAYSIDE_CONNECTIONS_FILE: file };
    expect(await checkStart({ ...good, ...sandbox })).toEqual([]);
  });

  test.each([
    {
      name: 'bypasses row-level security',
      attributes: 'BYPASSRLS',
      also: () => [],
      says: /bypasses row-level security/,
    },
    {
      name: 'may become the owner',
      attributes: '',
      also: (login: string) => [`GRANT quayside_owner TO ${login}`],
      says: /owns tables/,
    },
    {
      name: 'has the roles at all times',
      attributes: '',
      also: (login: string) => [`GRANT quayside_actor TO ${login} WITH INHERIT TRUE`],
      says: /at all times/,
    },
    {
      name: 'may not take the roles',
      attributes: '',
      also: (login: string) => [`REVOKE quayside_system FROM ${login}`],
      says: /may not take/,
    },
  ])('refuses a login that $name', async ({ attributes, also, says }) => {
    const url = await newLogin(attributes, also);
    expect(await checkStart({ ...good, DATABASE_URL: url })).toEqual([expect.stringMatching(says)]);
  });

  test('refuses while migrations are pending', async () => {
    const stale = await copyDatabase();
    await withClient(stale.superUrl, (client) =>
      client.query(
        `DELETE FROM "_prisma_migrations" WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`,
      ),
    );
    expect(await checkStart({ ...good, DATABASE_URL: stale.url })).toEqual([expect.stringMatching(/pending/)]);
    await stale.drop();
  });
});
