import 'server-only';
import { z } from 'zod';
import { longestWaitMs } from '../attempts/attempt';
import { lookUpQueue } from '../db/job-queue';
import { log } from '../log';
import { lookUpAttempt } from '../onboarding/look-up-attempt';
import { openQueue } from './open-queue';
import { sweep } from './sweep';

/** Milliseconds between two sweeps of one worker. */
const sweepMs = 5_000;

const lookUpSchema = z.object({ attemptId: z.uuid() });

/** A worker at work in this process. */
export interface RunningWorker {
  /** Takes no more jobs, waits for those under way, and lets go of the queue. */
  stop(): Promise<void>;
}

/**
 * Works off what Quayside does by itself: sweeps, and looks unknown attempts up. Any number of workers may run, on any
 * number of machines; one that dies leaves nothing undone.
 * @throws Error when the queue is missing or of another version
 */
export async function startWorker(): Promise<RunningWorker> {
  const boss = await openQueue({ supervise: true });
  // A vendor that hangs holds two of the eight at most.
  const concurrency = { localConcurrency: 8, localGroupConcurrency: 2 };
  await boss.work(lookUpQueue, { ...concurrency, pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const { data } of jobs) await lookUpAttempt(lookUpSchema.parse(data).attemptId);
  });
  const sweeping = everySoOften(() => sweep(boss));
  return {
    async stop() {
      await sweeping.stop();
      await boss.stop({ graceful: true, timeout: longestWaitMs + 5_000 });
    },
  };
}

/** Runs work now, and again some time after it has ended. A failure is told and changes nothing. */
function everySoOften(work: () => Promise<void>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn({ error }, 'a sweep broke off');
    }
    if (!stopped) timer = setTimeout(next, sweepMs);
  };
  function next(): void {
    running = turn();
  }
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
