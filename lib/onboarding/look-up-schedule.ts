/**
 * When Quayside looks by itself whether an unknown attempt has taken effect: no vendor promises that a read right after a
 * write sees it. Pure and client-safe.
 */

/** What is looked up without a person: an adoption sends nothing. Of a service, what is seen is evidence and no more. */
export const lookedUpOperations: readonly string[] = ['create-customer', 'add-partner', 'add-service'];

/** Does Quayside look up attempts of this operation by itself? */
export const isLookedUp = (operation: string) => lookedUpOperations.includes(operation);

/** Waits from the moment an attempt became unknown until each look-up, in milliseconds; after the last a person decides. */
export const lookUpDelaysMs = [5_000, 30_000, 120_000, 600_000] as const;

/**
 * The moment from which an attempt reads as unknown: when it was closed so, or when its deadline passed without an answer,
 * whichever came first.
 */
export function unknownSince({
  closedAt,
  deadline,
}: {
  readonly closedAt: Date | null;
  readonly deadline: Date;
}): Date {
  return closedAt !== null && closedAt < deadline ? closedAt : deadline;
}

/**
 * When the next look-up is due, or null when the schedule is over.
 * @param done number of the last look-up that was done (from 1); 0 when there was none
 */
export function nextLookUpAt(since: Date, done: number): Date | null {
  const delayMs = lookUpDelaysMs[done];
  return delayMs === undefined ? null : new Date(since.getTime() + delayMs);
}

/**
 * The number of the look-up that is due at a moment, or null when none is. One that is late stands for those before it
 * that nobody did: four reads in a row would show the same four times.
 */
export function dueLookUp(since: Date, done: number, now: Date): number | null {
  const elapsedMs = now.getTime() - since.getTime();
  const due = lookUpDelaysMs.filter((delayMs) => delayMs <= elapsedMs).length;
  return due > done ? due : null;
}

/**
 * What a look-up of the schedule came to. `seen`: the services of a customer, which settle nothing. `skipped`: nothing was
 * asked, as the connection could not be used.
 */
export const lookUpAnswers = ['found', 'taken', 'several', 'not-found', 'seen', 'failed', 'skipped'] as const;
export type LookUpAnswer = (typeof lookUpAnswers)[number];
