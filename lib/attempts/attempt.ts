/** The states of an attempt and what they mean. Pure and client-safe. */

export const attemptStates = ['pending', 'sent', 'succeeded', 'refused', 'unknown'] as const;
export type AttemptState = (typeof attemptStates)[number];

export const operations = ['create-customer', 'adopt-customer', 'add-service', 'add-partner'] as const;
export type Operation = (typeof operations)[number];

/** Longest time from opening an attempt to an outcome that a person can act on, in milliseconds. */
export const longestWaitMs = 30_000;

/** Time an attempt may stay pending before it counts as never sent: what the connection's timeout leaves of the whole. */
export function pendingMs(timeoutMs: number): number {
  return longestWaitMs - timeoutMs;
}

/**
 * The state as it is to be read at a moment. Pending past its deadline was never sent: refused. Sent past its deadline:
 * unknown. So a crash needs no sweeper to tell the truth.
 */
export function readState(attempt: { readonly state: AttemptState; readonly deadline: Date }, now: Date): AttemptState {
  if (attempt.deadline.getTime() > now.getTime()) return attempt.state;
  if (attempt.state === 'pending') return 'refused';
  if (attempt.state === 'sent') return 'unknown';
  return attempt.state;
}

/** What a person can do next about an attempt. */
export type NextStep =
  | 'wait'
  | 'nothing'
  | 'retry'
  | 'fix-and-retry'
  | 'check'
  | 'adopt'
  | 'mend-connection'
  | 'decide';

/**
 * The next step for an attempt.
 * @param reason the problem's kind, or `never-sent`; null when it succeeded or is still open
 */
export function nextStep(attempt: {
  readonly state: AttemptState;
  readonly reason: string | null;
  readonly retryable: boolean;
  readonly retried: boolean;
  readonly contradicted: boolean;
  readonly operation: string;
}): NextStep {
  if (attempt.contradicted) return 'decide';
  switch (attempt.state) {
    case 'pending':
    case 'sent':
      return 'wait';
    case 'succeeded':
      return 'nothing';
    case 'unknown':
      return 'check';
    case 'refused':
      return attempt.retried ? 'nothing' : afterRefusal(attempt);
    default: {
      const never: never = attempt.state;
      return never;
    }
  }
}

function afterRefusal({
  reason,
  retryable,
  operation,
}: {
  readonly reason: string | null;
  readonly retryable: boolean;
  readonly operation: string;
}): NextStep {
  // Only a customer can be adopted: a partner that is there already is mapped, or another name is chosen.
  if (reason === 'already-exists') return operation === 'add-partner' ? 'fix-and-retry' : 'adopt';
  if (reason === 'forbidden' || reason === 'unauthorized') return 'mend-connection';
  return retryable || reason === 'never-sent' ? 'retry' : 'fix-and-retry';
}
