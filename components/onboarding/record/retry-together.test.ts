import { describe, expect, test } from 'vitest';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { toRetryTogether } from './retry-together';

type Part = Pick<AttemptView, 'attemptId' | 'connectionId' | 'operation' | 'nextStep' | 'may'>;

function refused(
  attemptId: string,
  part: Partial<Pick<Part, 'nextStep' | 'operation'>> & { readonly mayRetry?: boolean } = {},
): Part {
  const { nextStep = 'fix-and-retry', operation = 'create-customer', mayRetry = true } = part;
  const may = { check: false, retry: mayRetry, settleByHand: false, adopt: false };
  return { attemptId, connectionId: `at-${attemptId}`, operation, nextStep, may };
}

const idsOf = (attempts: readonly Part[]) =>
  toRetryTogether(attempts)?.attempts.map(({ attemptId }) => attemptId) ?? null;

describe('several refusals in one form', () => {
  test('are all that can be tried again, and the form is about exactly those', () => {
    const attempts = [
      refused('a'),
      refused('b', { nextStep: 'nothing', mayRetry: false }),
      refused('c', { nextStep: 'retry' }),
    ];
    expect(idsOf(attempts)).toEqual(['a', 'c']);
    expect(toRetryTogether(attempts)?.href).toBe('/customers/new?retry=a,c');
  });

  test('one alone has its own button', () => {
    expect(idsOf([refused('a')])).toBeNull();
    expect(idsOf([])).toBeNull();
  });

  test('what is to be adopted, mended first, or not this person’s to retry is left out, and so are services', () => {
    const others = [
      refused('b', { nextStep: 'adopt' }),
      refused('c', { nextStep: 'mend-connection' }),
      refused('d', { mayRetry: false }),
      refused('f', { operation: 'add-service' }),
    ];
    expect(idsOf([refused('a'), ...others])).toBeNull();
    expect(idsOf([refused('a'), refused('e'), ...others])).toEqual(['a', 'e']);
  });
});
