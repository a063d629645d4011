import 'server-only';
import type pg from 'pg';
import type { QueryResultRow } from 'pg';
import { log } from '../log';
import { database } from './client';
import type { Prisma } from './generated/client';

/** Why work happens without an actor. Each is a sentence's worth of justification; add one only with a reason. */
export type SystemReason =
  | 'sign in'
  | 'load the actor of a session'
  | 'record a refused access'
  | 'store a secret'
  | 'call vendor'
  | 'name the owner of a shared connection'
  | 'find duplicates at a shared connection'
  | 'write an attempt'
  | 'look up unknown attempts'
  | 'keep what was read of services'
  | 'keep the queue of jobs'
  | 'delete what has outlived its purpose'
  | 'manage sessions and passwords'
  | 'accept an invitation'
  | 'apply the connections file'
  | 'create the first admin'
  | 'seed'
  | 'check the start'
  | 'throttle'
  | 'verify the audit chain';

export type SystemTx = Prisma.TransactionClient;

/**
 * The one door for work without an actor: a transaction that sees every partner.
 * @param reason why no actor can be held here
 */
export async function asSystem<T>(reason: SystemReason, run: (tx: SystemTx) => Promise<T>): Promise<T> {
  log.debug({ reason }, 'as system');
  return database('quayside_system').prisma.$transaction(run, { timeout: 15_000, maxWait: 5_000 });
}

/**
 * The same door for a single question: one statement without a transaction around it, which would cost two more round trips.
 * @param ask makes one statement, as a rule one that only reads
 */
export async function askAsSystem<T>(reason: SystemReason, ask: (system: SystemTx) => Promise<T>): Promise<T> {
  log.debug({ reason }, 'as system');
  return ask(database('quayside_system').prisma);
}

/**
 * One prepared statement of the hot path, in its own commit.
 * @param statement name under which it is prepared per connection, text and values
 * @returns the rows
 */
export async function systemStatement<Row extends QueryResultRow>(
  _reason: SystemReason,
  statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<Row[]> {
  const { rows } = await database('quayside_system').pool.query<Row>({ ...statement, values: [...statement.values] });
  return rows;
}

/**
 * Statements of a library that brings its own SQL (the queue of jobs), as they are: not prepared, several at once without
 * values.
 */
export async function systemQuery(
  _reason: SystemReason,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ rows: QueryResultRow[] }> {
  const answered: pg.QueryResult | readonly pg.QueryResult[] = await database('quayside_system').pool.query(text, [
    ...values,
  ]);
  // Several statements answer a list.
  return { rows: [answered].flat().flatMap(({ rows }) => rows) };
}
