import { describe, expect, test } from 'vitest';
import { dueLookUp, nextLookUpAt, unknownSince } from './look-up-schedule';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 14, 0, seconds));
const since = at(0);

describe('the schedule of look-ups', () => {
  test('runs at 5 s, 30 s, 2 min and 10 min after an attempt became unknown, and then ends', () => {
    const due = [0, 1, 2, 3, 4].map((done) => nextLookUpAt(since, done));
    expect(due).toEqual([at(5), at(30), at(120), at(600), null]);
  });

  test.each([
    { seconds: 4.999, done: 0, due: null },
    { seconds: 5, done: 0, due: 1 },
    { seconds: 29.999, done: 1, due: null },
    { seconds: 30, done: 1, due: 2 },
    { seconds: 120, done: 2, due: 3 },
    { seconds: 600, done: 3, due: 4 },
    { seconds: 86_400, done: 4, due: null },
  ])('at $seconds s with $done done, number $due is due', ({ seconds, done, due }) => {
    expect(dueLookUp(since, done, new Date(since.getTime() + seconds * 1000))).toBe(due);
  });

  test('one look-up stands for those that nobody did in time', () => {
    expect(dueLookUp(since, 0, at(121))).toBe(3);
    expect(dueLookUp(since, 1, at(3600))).toBe(4);
  });
});

describe('the moment an attempt became unknown', () => {
  test('is its closing where that came in time', () => {
    expect(unknownSince({ closedAt: at(3), deadline: at(20) })).toEqual(at(3));
  });

  test('is its deadline where nobody closed it, or only afterwards', () => {
    expect(unknownSince({ closedAt: null, deadline: at(20) })).toEqual(at(20));
    expect(unknownSince({ closedAt: at(25), deadline: at(20) })).toEqual(at(20));
  });
});
