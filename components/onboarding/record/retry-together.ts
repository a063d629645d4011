import type { AttemptView } from '@/lib/onboarding/record-view';

type Refused = Pick<AttemptView, 'attemptId' | 'connectionId' | 'operation' | 'nextStep' | 'may'>;

interface RetryTogether<One extends Refused> {
  readonly attempts: readonly One[];
  /** The form with exactly these vendors. */
  readonly href: string;
}

/**
 * The refused attempts of an onboarding that one form can try again: not what has to be adopted, nor what waits for its
 * connection to be mended, nor services, which go along or have a form of their own. Null for fewer than two, which have their own button. Pure.
 */
export function toRetryTogether<One extends Refused>(all: readonly One[]): RetryTogether<One> | null {
  const retriable = all.filter(
    ({ may, nextStep, operation }) =>
      operation !== 'add-service' && may.retry && (nextStep === 'retry' || nextStep === 'fix-and-retry'),
  );
  // A form has one part per connection: the newest refusal there is the one that counts.
  const byConnection = new Map(retriable.map((attempt) => [attempt.connectionId, attempt]));
  const attempts = [...byConnection.values()];
  if (attempts.length < 2) return null;
  return { attempts, href: `/customers/new?retry=${attempts.map(({ attemptId }) => attemptId).join(',')}` };
}
