import 'server-only';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeDatabases } from '../db/client';
import type { PostgresServer } from '../db/embedded-postgres';
import type { FourVendors } from '../testing/four-vendors';
import { chance } from './seeded';
import { type ChaosVerdict, judge } from './verdict';

export interface ChaosOptions {
  readonly seed: string;
  /** How long faults go on, in milliseconds. */
  readonly forMs: number;
  readonly four: FourVendors;
  /** The PostgreSQL that will be killed, and how it is started again on the same port and data. */
  readonly postgres: { readonly server: PostgresServer; restart(port: number): Promise<PostgresServer> };
}

export interface ChaosReport extends ChaosVerdict {
  readonly kills: { readonly process: number; readonly postgres: number };
}

/** Longest that anything may stay open once the faults have stopped, in milliseconds (R2). */
const settleMs = 60_000;
const lanes = 6;

/**
 * Onboards customers at four vendors while the process that does it and PostgreSQL under it are killed every 5 to 10
 * seconds, and vendors fail before and after taking effect. Then waits for what is open, and judges.
 */
export async function runChaos({ seed, forMs, four, postgres }: ChaosOptions): Promise<ChaosReport> {
  const until = Date.now() + forMs;
  const kills = { process: 0, postgres: 0 };
  let server = postgres.server;
  const restart = async () => {
    process.kill(postmasterPid(server), 'SIGKILL');
    await server.exited;
    server = await postgres.restart(server.port);
  };
  await Promise.all([
    killing(seed, 'process', until, async (round) => {
      const child = startIntents({ seed, run: `run${'abcdefghijklmnopqrstuvwxyz'.charAt(round % 26)}${round}`, four });
      return async () => {
        await end(child);
        kills.process += 1;
      };
    }),
    killing(seed, 'postgres', until, async () => async () => {
      await restart();
      kills.postgres += 1;
    }),
  ]);
  await closeDatabases();
  const verdict = await whenSettled(four);
  return { ...verdict, kills };
}

/** Lets something live for 5 to 10 seconds, ends it, and begins again, until the time is over. */
async function killing(
  seed: string,
  what: string,
  until: number,
  start: (round: number) => Promise<() => Promise<void>>,
): Promise<void> {
  for (let round = 0; Date.now() < until; round += 1) {
    const kill = await start(round);
    const lifeMs = 5_000 + chance(seed, what, round) * 5_000;
    await wait(Math.max(0, Math.min(lifeMs, until - Date.now())));
    await kill();
  }
}

function startIntents({ seed, run, four }: { seed: string; run: string; four: FourVendors }): ChildProcess {
  const { partnerId, connections } = four;
  const told = { seed, run, userId: four.operator.userId, partnerId, connections, lanes };
  return fork(path.join(import.meta.dirname, 'intents-process.ts'), [JSON.stringify(told)], {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
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
