import type { AttemptView, OnboardingRecord } from '@/lib/onboarding/record-view';

/** How many services wait for what becomes of an attempt. Pure. */
export function servicesWaiting({ attempts }: OnboardingRecord, { attemptId }: AttemptView): number {
  return attempts.filter(({ state, waitsFor }) => state === 'waiting' && waitsFor?.attemptId === attemptId).length;
}
