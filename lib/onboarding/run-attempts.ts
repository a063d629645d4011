import 'server-only';
import { log } from '../log';
import { runAttempt } from './run-attempt';

/**
 * Runs the attempts of an onboarding side by side. One that hangs or fails neither delays nor undoes another, and none
 * throws: what became of each stands in its row.
 */
export async function runAttempts(attemptIds: readonly string[]): Promise<void> {
  await Promise.all(
    attemptIds.map(async (attemptId) => {
      try {
        await runAttempt(attemptId);
      } catch (error) {
        // The row says pending or sent until its deadline, and then refused or unknown: nothing is lost by not closing it.
        log.error({ attemptId, error }, 'an attempt was not closed');
      }
    }),
  );
}
