import 'server-only';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeDatabases } from '../db/client';
import type { PostgresServer } from '../db/embedded-postgres';
import type { FourVendors } from '../testing/four-vendors';
import { startIntents, startWorker, type Victim } from './processes';
import { chance } from './seeded';
import { type ChaosVerdict, judge, leastAttempts } from './verdict';

/** What a run can stop at: attempts of each vendor, kills of each of the process, the worker and PostgreSQL. */
export interface Enough {
  readonly attempts: number;
  readonly kills: number;
}

export interface ChaosOptions {
  readonly seed: string;
  /** How long faults go on at most once the first process is at work, in milliseconds. */
  readonly forMs: number;
  /** They end before, once there was enough of everything. */
  readonly enough: Enough;
  readonly four: FourVendors;
  /** Where logs may be written. */
  readonly folder: string;
  /** The PostgreSQL that will be killed, and how it is started again on the same port and data. */
  readonly postgres: { readonly server: PostgresServer; restart(port: number): Promise<PostgresServer> };
  /** Told every half minute: attempts of the vendor that has fewest. */
  readonly onProgress?: (attempts: number) => void;
}

export interface ChaosReport extends ChaosVerdict {
  readonly kills: { readonly process: number; readonly worker: number; readonly postgres: number };
}

/** Longest that anything may stay open once the faults have stopped, in milliseconds (R2). */
const settleMs = 60_000;

/**
 * Onboards customers at four vendors while the process that does it, the worker that looks up what is unknown, and
 * PostgreSQL under both are killed every 5 to 10 seconds, and vendors fail before and after taking effect. Then waits for
 * what is open, a worker at work, and judges.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, forMs, four, folder, postgres } = options;
  const over = new AbortController();
  const kills = { process: 0, worker: 0, postgres: 0 };
  let server = postgres.server;
  const killPostgres = async () => {
    for await (const _ of lives(seed, 'postgres', over.signal)) {
      process.kill(postmasterPid(server), 'SIGKILL');
      await server.exited;
      server = await postgres.restart(server.port);
      kills.postgres += 1;
    }
  };
  const killProcesses = async (what: 'process' | 'worker', first: Victim, start: (round: number) => Victim) => {
    let now = first;
    let next = start(1);
    for await (const round of lives(seed, what, over.signal)) {
      await now.kill();
      kills[what] += 1;
      now = next;
      // A life begins when it is up: killed while it starts, on a slow machine it would never have worked.
      await now.begin();
      // Starting takes seconds: the one after starts while this one lives.
      next = start(round + 2);
    }
    await Promise.all([now.kill(), next.kill()]);
  };
  const intents = (round: number) => startIntents({ seed, run: runName(round), four });
  const first = intents(0);
  await first.begin();
  const timer = setTimeout(() => over.abort(), forMs);
  await Promise.all([
    killPostgres(),
    killProcesses('process', first, intents),
    killProcesses('worker', startWorker(folder), () => startWorker(folder)),
    endWhenEnough(options, kills, over),
  ]);
  clearTimeout(timer);
  await closeDatabases();
  const worker = startWorker(folder);
  const verdict = await whenSettled(four);
  await worker.kill();
  return { ...verdict, kills };
}

/** The rounds of something that lives for 5 to 10 seconds: each comes when its life is over, none once all is over. */
async function* lives(seed: string, what: string, over: AbortSignal): AsyncGenerator<number> {
  for (let round = 0; ; round += 1) {
    await pause(5_000 + chance(seed, what, round) * 5_000, over);
    if (over.aborted) return;
    yield round;
  }
}

async function pause(ms: number, over: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal: over }).catch(() => undefined);
}

/** Letters and a number, as no vendor's rules for names mind. */
const runName = (round: number) => `run${'abcdefghijklmnopqrstuvwxyz'.charAt(round % 26)}${round}`;

async function endWhenEnough(
  { enough, onProgress }: ChaosOptions,
  kills: ChaosReport['kills'],
  over: AbortController,
): Promise<void> {
  for (let round = 1; !over.signal.aborted; round += 1) {
    await pause(2_000, over.signal);
    // The database may be away at this moment; the next round counts again.
    const least = await leastAttempts().catch(() => null);
    if (least === null) continue;
    if (least >= enough.attempts && Math.min(...Object.values(kills)) >= enough.kills) over.abort();
    else if (round % 15 === 0) onProgress?.(least);
  }
}

function postmasterPid({ home }: PostgresServer): number {
  return Number(readFileSync(path.join(home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function whenSettled(four: FourVendors): Promise<ChaosVerdict> {
  const until = Date.now() + settleMs;
  for (;;) {
    const verdict = await judge(four, 'Chaos ');
    if (verdict.open === 0 || Date.now() > until) return verdict;
    await wait(1_000);
  }
}
