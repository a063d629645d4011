// Runs one command and ends it when the parent is gone, however the parent went: stdin is a pipe that only the parent
// holds, so its end means the parent closed it or died, SIGKILL included. Plain JS: it runs before and without any loader.
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';

/** @type {{ command: string, args: string[], cwd: string, uid?: number, gid?: number, logFile?: string, stopSignal: NodeJS.Signals, graceMs: number, removeAfter?: string }} */
const spec = JSON.parse(process.argv[2] ?? '{}');
const output = spec.logFile === undefined ? 'inherit' : openSync(spec.logFile, 'w', 0o600);
const child = spawn(spec.command, spec.args, {
  cwd: spec.cwd,
  ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid }),
  // A group of its own, so that what the command started can be ended with it.
  detached: true,
  stdio: ['ignore', output, output],
});

function signal(target, name) {
  try {
    process.kill(target, name);
  } catch {
    // Already gone.
  }
}

let stopping = false;
function stop() {
  if (stopping || child.pid === undefined) return;
  stopping = true;
  signal(child.pid, spec.stopSignal);
  setTimeout(() => signal(-child.pid, 'SIGKILL'), spec.graceMs);
}

function finish(code) {
  if (child.pid !== undefined) signal(-child.pid, 'SIGKILL');
  // After an end of its own the folder stays, so that its log can be read.
  if (stopping && spec.removeAfter !== undefined) rmSync(spec.removeAfter, { recursive: true, force: true });
  process.exit(code);
}

child.on('exit', (code, signalName) => finish(code ?? (signalName === null ? 1 : 128)));
child.on('error', () => finish(127));
process.stdin.on('end', stop).on('error', stop).resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
// The parent's terminal or pipe may be gone before the command is.
process.stdout.on('error', () => undefined);
