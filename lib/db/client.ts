import 'server-only';

import pg from 'pg';
import { env } from '../env';
import { PrismaClient } from './generated/client';
import { PrismaPgInTurns } from './in-turns';

/** The serving login owns nothing and inherits nothing: each pool becomes one role for its whole life. */
type DatabaseRole = 'quayside_actor' | 'quayside_system';

interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
}

declare global {
  // One set of pools per process: Next loads this module once per bundle layer.
  var quaysideDatabases: Map<DatabaseRole, Database> | undefined;
}

function open(role: DatabaseRole): Database {
  const { DATABASE_URL, QUAYSIDE_DATABASE_POOL } = env();
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: QUAYSIDE_DATABASE_POOL,
    // No `jit`: the look-up in each row's policy is counted at its dearest, and compiling costs more than the query.
    options: `-c role=${role} -c jit=off -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000`,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  // A connection that breaks (database restarted) is replaced by the pool, and whoever asks over it is told. One that breaks
  // while nobody asks, idle or held by a transaction between two queries, would end the process without a listener.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPgInTurns(pool) }) };
}

/** The database as one of the two roles. Only `as-actor.ts`, `as-system.ts` and the stores may call this. */
export function database(role: DatabaseRole): Database {
  globalThis.quaysideDatabases ??= new Map();
  const known = globalThis.quaysideDatabases.get(role);
  if (known !== undefined) return known;
  const opened = open(role);
  globalThis.quaysideDatabases.set(role, opened);
  return opened;
}

/** Closes every pool: for commands and tests that end. */
export async function closeDatabases(): Promise<void> {
  const opened = [...(globalThis.quaysideDatabases?.values() ?? [])];
  globalThis.quaysideDatabases = undefined;
  await Promise.all(
    opened.map(async ({ pool, prisma }) => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    }),
  );
}
