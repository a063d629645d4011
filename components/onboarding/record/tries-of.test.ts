import { expect, test } from 'vitest';
import { triesOf } from './tries-of';

test('tries are told by what they retry, so that two services at one connection are no tries of each other', () => {
  const attempt = (attemptId: string, retryOf: string | null = null) => ({ attemptId, retryOf });
  const [customer, one, two] = [attempt('customer'), attempt('one'), attempt('two')];
  const [again, oneAgain, oneOnceMore] = [attempt('again', 'customer'), attempt('b', 'one'), attempt('c', 'b')];
  const all = [customer, one, two, again, oneAgain, oneOnceMore];
  expect(triesOf(customer, all)).toEqual([customer, again]);
  expect(triesOf(oneAgain, all)).toEqual([one, oneAgain, oneOnceMore]);
  expect(triesOf(two, all)).toEqual([two]);
});
