/** The states of an attempt and what they mean. Pure and client-safe. */

export const attemptStates = ['waiting', 'pending', 'sent', 'succeeded', 'refused', 'unknown'] as const;
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
 * unknown. Waiting past its deadline: what it waits for was never sent (from then on it has none), so it is refused too. So
 * a crash needs no sweeper to tell the truth.
 */
export function readState(attempt: { readonly state: AttemptState; readonly deadline: Date }, now: Date): AttemptState {
  if (attempt.deadline.getTime() > now.getTime()) return attempt.state;
  if (attempt.state === 'pending' || attempt.state === 'waiting') return 'refused';
  if (attempt.state === 'sent') return 'unknown';
  return attempt.state;
}

/**
 * Why an attempt is refused or unknown, in a word; null while it is neither. Pure.
 * @param attempt.kind the stored problem's kind, or null without one
 * @param attempt.waited it was to wait for a customer's attempt
 */
export function reasonOf<Kind extends string>(attempt: {
  readonly state: AttemptState;
  readonly kind: Kind | null;
  readonly wasSent: boolean;
  readonly waited: boolean;
  readonly released: boolean;
}): Kind | 'never-sent' | 'customer-refused' | null {
  if (attempt.kind !== null) return attempt.kind;
  if (attempt.state !== 'refused' || attempt.wasSent) return null;
  return attempt.waited && !attempt.released ? 'customer-refused' : 'never-sent';
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
 * @param reason as `reasonOf` says; null when it succeeded or is still open
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
    case 'waiting':
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
  return retryable || reason === 'never-sent' || reason === 'customer-refused' ? 'retry' : 'fix-and-retry';
}
