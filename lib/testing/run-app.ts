import 'server-only';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '@/lib/commands/demo-files';
import { closeDatabases } from '@/lib/db/client';
import { forgetEnv } from '@/lib/env';
import { freePort } from '@/lib/process/free-port';
import { type Owned, startOwned, waitForAnswer } from '@/lib/process/owned';
import { isAlive } from '@/lib/process/running';
import { seedDemo } from '@/prisma/seed';
import { copyDatabase, type TestDatabase } from './database';

/** What to run. */
export type AppOptions = {
  /** Database to serve from; without it a fresh copy of the template, seeded like the demo. */
  database?: TestDatabase;
  /** Connections to declare at start-up. */
  connections?: unknown[];
  /** Variables besides, or instead of, the usual ones; `env` of an earlier app restarts it with its keys and port. */
  env?: Record<string, string>;
};

/** The built portal as a process of its own: production server, sandbox, on this machine alone. */
export type RunningApp = {
  /** Public address, on `localhost`. */
  url: string;
  database: TestDatabase;
  /** Everything the process was told; give it to `startApp` to start again after a kill. */
  env: Record<string, string>;
  /** What the process writes; deleted by a later run once this process has ended. */
  logFile: string;
  process: Owned;
  /** Ends it in order: open requests and the work after them finish. */
  stop: () => Promise<void>;
  /** Ends it at once, as a crash would. */
  kill: () => Promise<void>;
};

/** A folder for one app's files; those of processes that have ended are removed. */
function newFolder(): string {
  const folder = path.join(dataFolder, 'apps');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!isAlive(Number(name.split('-')[0]))) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  return mkdtempSync(path.join(folder, `${process.pid}-`));
}

/** Seeds a database from this process, whose settings are put back afterwards. */
async function seed(database: TestDatabase): Promise<void> {
  const { DATABASE_URL } = process.env;
  process.env.DATABASE_URL = database.url;
  forgetEnv();
  try {
    await closeDatabases();
    await seedDemo();
  } finally {
    await closeDatabases();
    if (DATABASE_URL === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = DATABASE_URL;
    forgetEnv();
  }
}

async function seededCopy(): Promise<TestDatabase> {
  const database = await copyDatabase();
  await seed(database);
  return database;
}

/**
 * Starts the built portal on a free port and waits until it answers. It ends with this process at the latest.
 * Throws with the end of its log when it does not come up (among others: when there is no build).
 */
export async function startApp({ database, connections, env = {} }: AppOptions = {}): Promise<RunningApp> {
  const served = database ?? (await seededCopy());
  const folder = newFolder();
  const logFile = path.join(folder, 'portal.log');
  const port = env.PORT ?? String(await freePort({ preferred: 0 }));
  const settings: Record<string, string> = {
    DATABASE_URL: served.url,
    NEXTAUTH_SECRET: randomBytes(48).toString('base64url'),
    NEXTAUTH_URL: `http://localhost:${port}`,
    QUAYSIDE_SECRET_KEYS: `1:${randomBytes(32).toString('base64')}`,
    QUAYSIDE_SANDBOX: '1',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    ...env,
    PORT: port,
  };
  if (connections !== undefined) {
    settings.QUAYSIDE_CONNECTIONS_FILE = path.join(folder, 'connections.json');
    writeFileSync(settings.QUAYSIDE_CONNECTIONS_FILE, JSON.stringify(connections), { mode: 0o600 });
  }
  const portal = startOwned({ file: 'lib/commands/start.ts', env: settings, logFile });
  await waitForAnswer({ url: `http://127.0.0.1:${port}/api/health`, owned: portal, logFile });
  const url = settings.NEXTAUTH_URL ?? '';
  return { url, database: served, env: settings, logFile, process: portal, stop: portal.stop, kill: portal.kill };
}
