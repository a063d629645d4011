import 'server-only';
import { log } from '../log';
import { runAttempt, type StoredAttempt } from './run-attempt';

/**
 * Runs the attempts of an onboarding side by side. One that hangs or fails neither delays nor undoes another, and none
 * throws: what became of each stands in its row.
 */
export async function runAttempts(attempts: readonly (StoredAttempt | string)[]): Promise<void> {
  await Promise.all(
    attempts.map(async (attempt) => {
      try {
        await runAttempt(attempt);
      } catch (error) {
        // The row says pending or sent until its deadline, and then refused or unknown: nothing is lost by not closing it.
        const attemptId = typeof attempt === 'string' ? attempt : attempt.id;
        log.error({ attemptId, error }, 'an attempt was not closed');
      }
    }),
  );
}
