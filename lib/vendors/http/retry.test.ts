import { describe, expect, test } from 'vitest';
import { type VendorErrorKind, type VendorProblem, vendorErrorKinds } from '../vendor';
import { type Clock, longestWaitMs, mayRepeat, repeat, waitBefore } from './retry';
import { RetryBudget, RetryBudgets } from './retry-budget';
import { VendorError } from './vendor-error';

function problem(kind: VendorErrorKind, rest: Partial<VendorProblem> = {}): VendorProblem {
  return {
    kind,
    effect: 'none',
    status: null,
    message: kind,
    params: {},
    fieldErrors: [],
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable: kind === 'unreachable' || kind === 'rate-limited',
    ...rest,
  };
}

/** A clock that never waits, and keeps what it was asked for. */
function fakeClock({ random = 0.5 } = {}): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    random: () => random,
    sleep: async (ms, signal) => {
      waits.push(ms);
      signal.throwIfAborted();
    },
  };
}

/** Fails with each problem in turn, then succeeds. */
function failing(...problems: readonly VendorProblem[]) {
  const tries = { count: 0 };
  const once = async () => {
    const next = problems[tries.count];
    tries.count += 1;
    if (next !== undefined) throw new VendorError(next);
    return 'yes';
  };
  return { once, tries };
}

const signal = () => new AbortController().signal;
const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'yes',
    (error: unknown) => (error instanceof VendorError ? error.problem.kind : 'other'),
  );

describe('what the machine repeats', () => {
  const always = new Set<VendorErrorKind>(['unreachable', 'rate-limited']);
  const readsOnly = new Set<VendorErrorKind>(['timeout', 'connection-lost', 'vendor-failure']);

  for (const kind of vendorErrorKinds) {
    for (const canTakeEffect of [true, false]) {
      const expected = always.has(kind) || (!canTakeEffect && readsOnly.has(kind));
      test(`${kind} of a ${canTakeEffect ? 'create' : 'read'}: ${expected ? 'repeated' : 'never'}`, async () => {
        expect(mayRepeat(problem(kind), { canTakeEffect })).toBe(expected);
        const { once, tries } = failing(problem(kind));
        const outcome = await kindOf(
          repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect, clock: fakeClock() }, once),
        );
        expect([outcome, tries.count]).toEqual(expected ? ['yes', 2] : [kind, 1]);
      });
    }
  }

  test('an address that may not be called is not tried again', async () => {
    const { once, tries } = failing(problem('unreachable', { retryable: false }));
    await kindOf(
      repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect: false, clock: fakeClock() }, once),
    );
    expect(tries.count).toBe(1);
  });

  test('three tries in all', async () => {
    const { once, tries } = failing(problem('unreachable'), problem('rate-limited'), problem('unreachable'));
    const outcome = await kindOf(
      repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect: true, clock: fakeClock() }, once),
    );
    expect([outcome, tries.count]).toEqual(['unreachable', 3]);
  });

  test('401 once, with a new token; the second 401 is final', async () => {
    const renewals = { count: 0 };
    const renew = async () => {
      renewals.count += 1;
    };
    const { once, tries } = failing(problem('unauthorized'), problem('unauthorized'));
    const outcome = await kindOf(
      repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect: true, clock: fakeClock(), renew }, once),
    );
    expect([outcome, tries.count, renewals.count]).toEqual(['unauthorized', 2, 1]);
  });

  test('a renewal that fails ends the call with its own reason', async () => {
    const { once, tries } = failing(problem('unauthorized'));
    const renew = () => Promise.reject(new VendorError(problem('forbidden')));
    const outcome = await kindOf(
      repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect: true, clock: fakeClock(), renew }, once),
    );
    expect([outcome, tries.count]).toEqual(['forbidden', 1]);
  });

  test('what is no answer of the vendor passes through at once', async () => {
    const error = new Error('the database is gone');
    const promise = repeat(
      { budget: new RetryBudget(), signal: signal(), canTakeEffect: true, clock: fakeClock() },
      () => Promise.reject(error),
    );
    await expect(promise).rejects.toBe(error);
  });
});

describe('how long it waits', () => {
  test('full jitter below a doubling cap', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((tries) =>
      waitBefore(problem('unreachable'), { tries, random: () => 0.999999 }),
    );
    expect(rows.map(Math.round)).toEqual([250, 500, 1000, 2000, 4000, 4000]);
    expect(waitBefore(problem('unreachable'), { tries: 3, random: () => 0 })).toBe(0);
  });

  test('as long as the vendor asked for, and not a moment less (R21)', async () => {
    const clock = fakeClock();
    const { once } = failing(problem('rate-limited', { retryAfterSeconds: 7 }));
    await repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect: true, clock }, once);
    expect(clock.waits).toEqual([7000]);
  });

  test('a longer wait is left to a person, at once', async () => {
    const clock = fakeClock();
    const limited = problem('rate-limited', { retryAfterSeconds: longestWaitMs / 1000 + 1 });
    const { once, tries } = failing(limited);
    const outcome = await kindOf(
      repeat({ budget: new RetryBudget(), signal: signal(), canTakeEffect: true, clock }, once),
    );
    expect([outcome, tries.count, clock.waits]).toEqual(['rate-limited', 1, []]);
  });

  test('a deadline that passes while waiting ends with the last answer', async () => {
    const controller = new AbortController();
    const clock = fakeClock();
    const sleep: Clock['sleep'] = async (_ms, given) => {
      controller.abort();
      given.throwIfAborted();
    };
    const { once, tries } = failing(problem('rate-limited'));
    const options = {
      budget: new RetryBudget(),
      signal: controller.signal,
      canTakeEffect: true,
      clock: { ...clock, sleep },
    };
    expect([await kindOf(repeat(options, once)), tries.count]).toEqual(['rate-limited', 1]);
  });

  test('no try starts after the deadline', async () => {
    const controller = new AbortController();
    const { once, tries } = failing(problem('unreachable'));
    const withAbort = () => {
      controller.abort();
      return once();
    };
    const options = { budget: new RetryBudget(), signal: controller.signal, canTakeEffect: true, clock: fakeClock() };
    expect([await kindOf(repeat(options, withAbort)), tries.count]).toEqual(['unreachable', 1]);
  });
});

describe('R22 the retry budget', () => {
  test('a vendor that always fails is asked at most 1.1 times as often as without repeats', async () => {
    const budget = new RetryBudget();
    let asked = 0;
    const fail = async () => {
      asked += 1;
      throw new VendorError(problem('vendor-failure'));
    };
    for (let index = 0; index < 1_000; index += 1) {
      await kindOf(repeat({ budget, signal: signal(), canTakeEffect: false, clock: fakeClock() }, fail));
    }
    expect(asked).toBeLessThanOrEqual(1_100);
    expect(asked).toBeGreaterThan(1_050);
  });

  test('a connection that was not used before may repeat a little, and each connection has its own', () => {
    const budgets = new RetryBudgets();
    const taken = Array.from({ length: 8 }, () => budgets.of('one').take());
    expect(taken).toEqual([true, true, true, true, true, false, false, false]);
    expect(budgets.of('other').take()).toBe(true);
    expect(budgets.of('one')).toBe(budgets.of('one'));
  });
});
