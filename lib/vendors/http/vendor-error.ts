import type { VendorProblem } from '../vendor';

// Next loads this file once per bundle while the adapters are shared over the whole process: an error made by one copy of
// a class is caught with another copy's. What it is is therefore told by a mark on it, not by its constructor.
const vendorErrorMark: unique symbol = Symbol.for('quayside.vendor-error');
const notSentMark: unique symbol = Symbol.for('quayside.not-sent');

const isMarked = (value: unknown, mark: symbol) => typeof value === 'object' && value !== null && mark in value;

/** Thrown inside a vendor folder; carries only what may be stored and shown, never headers or bodies. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly [vendorErrorMark] = true;
  readonly problem: VendorProblem;

  constructor(problem: VendorProblem, cause?: unknown) {
    super(`${problem.kind}: ${problem.message}`, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }

  static override [Symbol.hasInstance](value: unknown): value is VendorError {
    return isMarked(value, vendorErrorMark);
  }
}

/** Thrown by `VendorCall.beforeEffect` when the attempt may no longer be sent. Nothing has left. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly [notSentMark] = true;

  static override [Symbol.hasInstance](value: unknown): value is NotSent {
    return isMarked(value, notSentMark);
  }
}
