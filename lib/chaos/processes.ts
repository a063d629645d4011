import 'server-only';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startOwned } from '../process/owned';
import type { FourVendors } from '../testing/four-vendors';

/** A process that will be killed. */
export interface Victim {
  /** Lets it work, as soon as it is up; until then it has started and waits. Resolves when it works, or has ended. */
  begin(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

/** Onboardings that one process carries at a time. */
const lanes = 6;

/** A process of the portal that onboards the customers of a run. */
export function startIntents({ seed, run, four }: { seed: string; run: string; four: FourVendors }): Victim {
  const { partnerId, connections } = four;
  const told = { seed, run, userId: four.operator.userId, partnerId, connections, lanes };
  const child = fork(path.join(import.meta.dirname, 'intents-process.ts'), [JSON.stringify(told)], {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    env: { ...process.env, LOG_LEVEL: 'silent' },
  });
  const up = Promise.race([once(child, 'message'), once(child, 'exit')]);
  const begin = async () => {
    await up;
    if (child.connected) child.send('begin');
  };
  return { begin, kill: () => killed(child) };
}

/** `npm run worker`, which looks unknown attempts up. It works as soon as it has started. */
export function startWorker(folder: string): Victim {
  const worker = startOwned({
    file: 'lib/commands/worker.ts',
    logFile: path.join(folder, 'worker.log'),
    env: { LOG_LEVEL: 'silent' },
  });
  return { begin: async () => undefined, kill: worker.kill };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
