import 'server-only';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts a process of its own that runs these attempts as soon as it is told to (`send('go')`). */
export async function startRunner(attemptIds: readonly string[]): Promise<ChildProcess> {
  const child = fork('lib/testing/run-attempt-process.ts', [...attemptIds], {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return child;
}

/** Ends it at once, as a crash would. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
