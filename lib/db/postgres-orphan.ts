import 'server-only';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, isAlive } from '@/lib/process/running';

function runningPostmaster(cluster: string): number | undefined {
  const lockFile = path.join(cluster, 'postmaster.pid');
  if (!existsSync(lockFile)) return undefined;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  // A number may belong to another program by now: only a postgres that was started on this folder is ours.
  return Number.isInteger(pid) && pid > 1 && isAlive(pid) && commandLine(pid).includes(cluster) ? pid : undefined;
}

async function endsWithin({ pid, ms }: { pid: number; ms: number }): Promise<boolean> {
  const end = Date.now() + ms;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await delay(50);
  }
  return true;
}

/**
 * Stops a PostgreSQL that a killed run left on this cluster, and removes a lock file that nobody holds.
 * The caller makes sure that no other living run owns the cluster. Throws when the orphan does not end.
 */
export async function clearOrphan(cluster: string): Promise<void> {
  const pid = runningPostmaster(cluster);
  if (pid !== undefined) {
    process.kill(pid, 'SIGINT');
    if (!(await endsWithin({ pid, ms: 10_000 }))) {
      process.kill(pid, 'SIGQUIT');
      if (!(await endsWithin({ pid, ms: 5_000 }))) {
        throw new Error(`A PostgreSQL of an earlier run (process ${pid}) does not stop. End it, then start again.`);
      }
    }
  }
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}
