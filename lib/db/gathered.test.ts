import { expect, test } from 'vitest';
import { gathered } from './gathered';

const byNumber = (left: number, right: number) => left - right;

test('a call alone goes at once; calls made meanwhile go together, in order, each with its own answer', async () => {
  const batches: number[][] = [];
  let release = () => {};
  const call = gathered<number, string>(async (items) => {
    batches.push([...items]);
    if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve));
    return items.map((item) => `answer ${item}`);
  }, byNumber);
  const answers = [call(9), call(3), call(1), call(2)];
  release();
  expect(await Promise.all(answers)).toEqual(['answer 9', 'answer 3', 'answer 1', 'answer 2']);
  expect(batches).toEqual([[9], [1, 2, 3]]);
});

test('one bad item harms no other: the shared statement fails, and each call is made alone', async () => {
  const batches: number[][] = [];
  const call = gathered<number, number>(async (items) => {
    batches.push([...items]);
    if (items.includes(2)) throw new Error('two is bad');
    return items;
  }, byNumber);
  const first = call(0);
  const rest = await Promise.allSettled([call(1), call(2), call(3)]);
  expect(await first).toBe(0);
  expect(rest.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(batches).toEqual([[0], [1, 2, 3], [1], [2], [3]]);
});
