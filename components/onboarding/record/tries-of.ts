import type { AttemptView } from '@/lib/onboarding/record-view';

type Try = Pick<AttemptView, 'attemptId' | 'retryOf'>;

/** The attempts of a record that are tries of the same thing: an attempt, what it retries, and what retries it. Pure. */
export function triesOf<One extends Try>(attempt: One, all: readonly One[]): readonly One[] {
  const firstOf = (one: One): string => {
    const before = all.find(({ attemptId }) => attemptId === one.retryOf);
    return before === undefined ? one.attemptId : firstOf(before);
  };
  const first = firstOf(attempt);
  return all.filter((one) => firstOf(one) === first);
}
