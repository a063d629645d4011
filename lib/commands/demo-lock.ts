import 'server-only';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { commandLine, isAlive } from '@/lib/process/running';
import { dataFolder, demoLockFile } from './demo-files';

const lockSchema = z.object({ pid: z.number().int().positive() });

/** The process that holds the lock, if it lives and is a demo: its number may belong to another program by now. */
function holder(): number | undefined {
  try {
    const { pid } = lockSchema.parse(JSON.parse(readFileSync(demoLockFile, 'utf8')));
    return isAlive(pid) && commandLine(pid).includes('commands/demo') ? pid : undefined;
  } catch {
    // No lock, or one that a crash has cut short.
    return undefined;
  }
}

/** Takes the clone's demo for this process. Throws with a sentence when another living process has it. */
export function takeDemoLock(): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const content = JSON.stringify({ pid: process.pid });
  for (let attempt = 1; ; attempt += 1) {
    try {
      writeFileSync(demoLockFile, content, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      const other = holder();
      if (other !== undefined)
        throw new Error(`The demo of this clone already runs (process ${other}). Stop it first.`);
      if (attempt > 3) throw error;
      rmSync(demoLockFile, { force: true });
    }
  }
}

/** Gives the lock back. */
export function releaseDemoLock(): void {
  rmSync(demoLockFile, { force: true });
}
