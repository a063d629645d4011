import 'server-only';
import type { Actor } from '../auth/actor';
import { getOnboardingRecord } from '../onboarding/get-onboarding-record';
import { onboard } from '../onboarding/onboard';
import { planOnboarding } from '../onboarding/plan';
import type { AttemptView } from '../onboarding/record-view';
import { runAttempts } from '../onboarding/run-attempts';
import type { Submission } from '../onboarding/submission';

/** The engine's road in the steps of a test. */

/** Plans and opens; answers the ids of the pending attempts. */
export async function openedAttempts(actor: Actor, submission: Submission): Promise<readonly string[]> {
  const { planHash } = await planOnboarding(actor, submission);
  const answer = await onboard(actor, planHash, submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  return answer.attempts.map((attempt) => attempt.id);
}

/** Plans, opens and runs; answers the only attempt as its record shows it. */
export async function onboardedAttempt(actor: Actor, submission: Submission): Promise<AttemptView> {
  await runAttempts(await openedAttempts(actor, submission));
  return onlyAttempt(actor, submission.correlationId);
}

/** The only (or last) attempt of an onboarding as its record shows it now. */
export async function onlyAttempt(actor: Actor, correlationId: string): Promise<AttemptView> {
  const attempt = (await getOnboardingRecord(actor, correlationId)).attempts.at(-1);
  if (attempt === undefined) throw new Error('there is no attempt');
  return attempt;
}
