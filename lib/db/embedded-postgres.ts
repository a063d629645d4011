import 'server-only';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '@/lib/process/free-port';
import { type Guarded, runGuarded } from '@/lib/process/guarded';
import { clearOrphan } from './postgres-orphan';
import { keptPlace, type PostgresPlace, runBinary, temporaryPlace } from './postgres-place';

const superUser = 'postgres';
const startLimitMs = 60_000;

/** What to start. */
export type PostgresOptions = {
  /** Folder of the clone that keeps the cluster; without it the cluster is new, and deleted when it stops. */
  folder?: string;
  /** First port to try; 0 takes any free one. */
  port?: number;
  /** False trades safety for speed (no fsync): for tests, never for data that somebody wants back. */
  durable: boolean;
};

/** A running PostgreSQL. */
export type PostgresServer = {
  /** Superuser's connection string, database `postgres`. */
  superUrl: string;
  port: number;
  /** Where the cluster and its log (`log`) are. */
  home: string;
  /** Resolves when PostgreSQL has ended, wanted or not. */
  exited: Promise<number>;
  /** Stops it in order (running queries are cut, data is written). */
  stop: () => Promise<void>;
};

/** Passwords that live as long as a test are hashed once: every login would pay for more. */
const quickLogin = 'scram_iterations=1';

/** Makes the cluster when there is none, and returns the superuser's password. */
function ensureCluster({
  place,
  folder,
  durable,
}: {
  place: PostgresPlace;
  folder: string | undefined;
  durable: boolean;
}): string {
  const cluster = path.join(place.home, 'cluster');
  const keptPassword = path.join(folder ?? place.home, 'password');
  if (existsSync(cluster) && existsSync(keptPassword)) return readFileSync(keptPassword, 'utf8').trim();
  // A cluster without its password belongs to a clone that was deleted since, or was cut short while being made.
  const fresh = path.join(place.home, 'cluster.new');
  for (const leftover of [cluster, fresh]) rmSync(leftover, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  const passwordFile = path.join(place.home, 'initial-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.user) chownSync(passwordFile, place.user.uid, place.user.gid);
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const login = [`--username=${superUser}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const sync = folder === undefined ? ['--no-sync'] : [];
    const hashing = durable ? [] : [`--set=${quickLogin}`];
    runBinary({ place, name: 'initdb', args: [`--pgdata=${fresh}`, ...locale, ...login, ...sync, ...hashing] });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(keptPassword, password, { mode: 0o600 });
  renameSync(fresh, cluster);
  return password;
}

function settings({ port, durable }: { port: number; durable: boolean }): string[] {
  const pairs = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    // No Unix socket: its path may be too long, unwritable, or carry a stale lock of its own.
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off', quickLogin]),
  ];
  return pairs.flatMap((pair) => ['-c', pair]);
}

const readLog = (home: string): string => {
  const file = path.join(home, 'log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

async function answers(superUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: superUrl, connectionTimeoutMillis: 2_000 });
  // An ended connection is told by the failed query; without a listener it would end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function becomesReady({ server, superUrl }: { server: Guarded; superUrl: string }): Promise<boolean> {
  let ended = false;
  void server.exited.then(() => {
    ended = true;
  });
  const end = Date.now() + startLimitMs;
  while (!ended && Date.now() < end) {
    if (await answers(superUrl)) return true;
    await delay(40);
  }
  await server.stop();
  return false;
}

/** Whether the log of a failed start speaks of something that another try mends. */
const mayPass = (log: string): boolean =>
  /Address already in use|pre-existing shared memory block|lock file ".*" already exists/.test(log);

/**
 * Starts PostgreSQL 18 on 127.0.0.1 with a random superuser password. It recovers from crashes, replaces an orphan of a
 * killed run, takes the next port when one is taken, and never outlives this process. As root it runs as `postgres`.
 * Throws with the end of PostgreSQL's log when it does not come up.
 */
export async function startPostgres({ folder, port, durable }: PostgresOptions): Promise<PostgresServer> {
  const place = folder === undefined ? temporaryPlace({ durable }) : keptPlace(folder);
  const cluster = path.join(place.home, 'cluster');
  await clearOrphan(cluster);
  const password = ensureCluster({ place, folder, durable });
  for (let attempt = 1; ; attempt += 1) {
    const taken = await freePort({ preferred: port ?? 0 });
    const server = runGuarded({
      command: path.join(place.binaries, 'bin', 'postgres'),
      args: ['-D', cluster, ...settings({ port: taken, durable })],
      cwd: place.home,
      env: { LC_ALL: 'C' },
      user: place.user,
      logFile: path.join(place.home, 'log'),
      stopSignal: 'SIGINT',
      graceMs: 15_000,
      removeAfter: folder === undefined ? place.home : undefined,
    });
    const superUrl = `postgresql://${superUser}:${password}@127.0.0.1:${taken}/postgres`;
    if (await becomesReady({ server, superUrl })) {
      const stop = async (): Promise<void> => {
        await server.stop();
        // Only if the guard itself was killed is there anything left to clear.
        if (existsSync(cluster)) await clearOrphan(cluster);
      };
      return { superUrl, port: taken, home: place.home, exited: server.exited, stop };
    }
    const log = readLog(place.home);
    if (attempt >= 5 || !mayPass(log)) {
      if (folder === undefined) rmSync(place.home, { recursive: true, force: true });
      throw new Error(`PostgreSQL did not start:\n${log.split('\n').slice(-12).join('\n')}`);
    }
    await delay(300);
  }
}
