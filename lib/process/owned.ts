import 'server-only';
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parentVariable } from './end-with-parent';

const root = path.resolve(import.meta.dirname, '../..');

/** A process of ours that watches its parent (`endWithParent`) and therefore needs no guard. */
export type Owned = {
  pid: number;
  /** Resolves with the exit code when it has ended. */
  exited: Promise<number>;
  /** Whether it has ended. */
  hasEnded: () => boolean;
  /** The first thing it reports (`process.send`), if it was started to report; undefined when it ends without. */
  report: Promise<unknown>;
  /** Asks it to end and waits; after `graceMs` it is killed. */
  stop: () => Promise<void>;
  /** Ends it at once, as a crash would. */
  kill: () => Promise<void>;
};

/**
 * Starts one of our command files under the project's Node, its output in `logFile`. It gets no signals of the terminal
 * (a group of its own), so that Ctrl-C is ordered by whoever owns it.
 */
export function startOwned({
  file,
  args = [],
  env = {},
  logFile,
  reports = false,
  graceMs = 35_000,
  cwd = root,
}: {
  file: string;
  args?: string[];
  env?: Record<string, string | undefined>;
  logFile: string;
  /** Opens a channel for one report. */
  reports?: boolean;
  /** Milliseconds between the request to end and SIGKILL. */
  graceMs?: number;
  /** The checkout whose file it is; ours unless told. */
  cwd?: string;
}): Owned {
  const output = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', file, ...args], {
    cwd,
    detached: true,
    stdio: ['ignore', output, output, reports ? 'ipc' : 'ignore'],
    env: { ...process.env, ...env, [parentVariable]: String(process.pid) },
  });
  closeSync(output);
  let ended = false;
  const exited = new Promise<number>((resolve) => {
    const end = (code: number): void => {
      ended = true;
      resolve(code);
    };
    child.on('exit', (code) => end(code ?? 1));
    child.on('error', () => end(127));
  });
  const report = new Promise<unknown>((resolve) => {
    child.once('message', (message) => {
      resolve(message);
      child.disconnect();
    });
    void exited.then(() => resolve(undefined));
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = delay(graceMs, 'late' as const, { signal: patience.signal, ref: false }).catch(
      () => 'in time' as const,
    );
    const first = await Promise.race([exited, late]);
    patience.abort();
    if (first === 'late') await kill();
  };
  return { pid: child.pid ?? 0, exited, report, hasEnded: () => ended, stop, kill };
}

/** The end of a log, to tell why something did not start. */
export function logTail(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-30).join('\n');
}

/**
 * Waits until something answers HTTP at `url` (any status below 500), asking every 50 ms.
 * Throws with the end of the log when the process ends first or the limit passes.
 */
export async function waitForAnswer({
  url,
  owned,
  logFile,
  limitMs = 30_000,
}: {
  url: string;
  owned: Owned;
  logFile: string;
  limitMs?: number;
}): Promise<void> {
  const end = Date.now() + limitMs;
  while (!owned.hasEnded() && Date.now() < end) {
    const status = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.body?.cancel().then(() => response.status) ?? response.status,
      () => undefined,
    );
    if (status !== undefined && status < 500) return;
    await delay(50);
  }
  await owned.stop();
  throw new Error(`Nothing answered at ${url}:\n${logTail(logFile)}`);
}
