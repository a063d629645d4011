import 'server-only';

import { setTimeout as wait } from 'node:timers/promises';
import type { VendorProblem } from '../vendor';
import type { RetryBudget } from './retry-budget';
import { VendorError } from './vendor-error';

/** Time and chance, injected so that tests neither wait nor guess. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Ends after `ms`, or earlier by throwing when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
};

/** First try included (quality.md R20). */
export const maxTries = 3;
/** A longer wait is left to a person, who sees the seconds on the record. */
export const longestWaitMs = 10_000;
const backoffBaseMs = 250;
const backoffCapMs = 4000;

/**
 * May the machine repeat a request that failed like this, as it stands? Reads and token calls after any passing trouble;
 * a request that can take effect only if it provably never left, or was turned away by a rate limit.
 */
export function mayRepeat(problem: VendorProblem, { canTakeEffect }: { readonly canTakeEffect: boolean }): boolean {
  // The connection rests: its time is told, and one request tries it.
  if (problem.message === 'resting') return false;
  switch (problem.kind) {
    case 'unreachable':
    case 'rate-limited':
      return problem.retryable;
    case 'timeout':
    case 'connection-lost':
    case 'vendor-failure':
      return !canTakeEffect;
    case 'unauthorized': // once, with a new token: see `repeat`
    case 'forbidden':
    case 'rejected':
    case 'already-exists':
    case 'invalid-request':
    case 'invalid-reply':
      return false;
  }
}

/** Milliseconds before the next try: what the vendor asked for, else full jitter below a doubling cap. */
export function waitBefore(problem: VendorProblem, { tries, random }: { tries: number; random(): number }): number {
  if (problem.retryAfterSeconds !== null) return problem.retryAfterSeconds * 1000;
  return random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** (tries - 1));
}

export interface RepeatOptions {
  /** The deadline of the whole call: no wait and no try goes past it. */
  readonly signal: AbortSignal;
  readonly canTakeEffect: boolean;
  readonly clock: Clock;
  /** What the connection may still repeat; a new try with a new token is not counted, as the first was turned away unread. */
  readonly budget: RetryBudget;
  /** Gets a new token after a 401; called at most once. Its failure ends the call. */
  readonly renew?: () => Promise<void>;
}

/**
 * Runs one request up to three times, under the rules above. Throws the last `VendorError`, or whatever else `once`
 * throws (such as `NotSent`), at once.
 */
export async function repeat<T>(options: RepeatOptions, once: () => Promise<T>): Promise<T> {
  let renewed = false;
  options.budget.earn();
  for (let tries = 1; ; tries += 1) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof VendorError) || tries >= maxTries || options.signal.aborted) throw error;
      const { problem } = error;
      if (problem.kind === 'unauthorized' && options.renew !== undefined && !renewed) {
        renewed = true;
        await options.renew();
        continue;
      }
      if (!mayRepeat(problem, options)) throw error;
      const waitMs = waitBefore(problem, { tries, random: options.clock.random });
      if (waitMs > longestWaitMs || !options.budget.take()) throw error;
      try {
        await options.clock.sleep(waitMs, options.signal);
      } catch {
        throw error; // the deadline passed while waiting: the last answer is the outcome
      }
      if (options.signal.aborted) throw error;
    }
  }
}
