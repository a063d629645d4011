import 'server-only';
import { releasedBy } from '../attempts/attempt-store';
import { log } from '../log';
import { loadAttempt, runAttempt, type StoredAttempt } from './run-attempt';

/**
 * Runs the attempts of an onboarding side by side, and those that wait for one of them after it. One that hangs or fails
 * neither delays nor undoes another, and none throws: what became of each stands in its row.
 */
export async function runAttempts(attempts: readonly (StoredAttempt | string)[]): Promise<void> {
  await Promise.all(
    attempts.map(async (given) => {
      try {
        const attempt = typeof given === 'string' ? await loadAttempt(given) : given;
        await runAttempt(attempt);
        if (attempt.awaited) await runReleased(attempt.id);
      } catch (error) {
        // The row says pending or sent until its deadline, and then refused or unknown: nothing is lost by not closing it.
        const attemptId = typeof given === 'string' ? given : given.id;
        log.error({ attemptId, error }, 'an attempt was not closed');
      }
    }),
  );
}

/** Runs what waited for an attempt and was released with its outcome: for whoever closed or settled it. Never throws. */
export async function runReleased(attemptId: string): Promise<void> {
  try {
    await runAttempts(await releasedBy(attemptId));
  } catch (error) {
    // They read as refused when their time is over, and can be tried again.
    log.error({ attemptId, error }, 'what waited for an attempt was not run');
  }
}
