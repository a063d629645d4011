import 'server-only';
import { spawn } from 'node:child_process';
import path from 'node:path';

const guardPath = path.resolve(import.meta.dirname, 'guard.mjs');

/** What to run under a guard. */
export type GuardedCommand = {
  command: string;
  args: string[];
  /** Working directory; the user that runs the command must be able to enter it. */
  cwd: string;
  env?: Record<string, string | undefined>;
  /** Another user to run as (only root can ask for one). */
  user?: { uid: number; gid: number } | undefined;
  /** File that takes what the command writes; without it the command writes to our own output. */
  logFile?: string;
  /** Signal that asks the command to end. */
  stopSignal: NodeJS.Signals;
  /** Milliseconds between that signal and SIGKILL to the command's whole process group. */
  graceMs: number;
  /** Folder to delete once the command was stopped. */
  removeAfter?: string | undefined;
};

/** A running command and its guard. */
export type Guarded = {
  /** Resolves with the exit code once command and guard have ended. */
  exited: Promise<number>;
  /** Ends the command; resolves when it is gone. May be called any number of times. */
  stop: () => Promise<void>;
};

/**
 * Runs a command that cannot outlive this process: a small guard in a session of its own ends it when this process
 * stops it, exits or is killed in any way (Ctrl-C in the terminal does not reach it, so its end stays ordered).
 */
export function runGuarded({ command, args, cwd, env, user, logFile, ...rest }: GuardedCommand): Guarded {
  const spec = { command, args, cwd, ...user, ...(logFile === undefined ? {} : { logFile }), ...rest };
  const guard = spawn(process.execPath, [guardPath, JSON.stringify(spec)], {
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: true,
    env: { ...process.env, ...env },
  });
  // A guard that is already gone answers a write or an end with EPIPE; its exit tells the same.
  guard.stdin.on('error', () => undefined);
  const exited = new Promise<number>((resolve) => {
    guard.on('exit', (code) => resolve(code ?? 1));
    guard.on('error', () => resolve(127));
  });
  const stop = async (): Promise<void> => {
    guard.stdin.end();
    await exited;
  };
  return { exited, stop };
}
