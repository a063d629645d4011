import { describe, expect, test } from 'vitest';
import { classify, type Ending, retryAfterSeconds } from './classify';

type Row = readonly [Ending, canTakeEffect: string, read: string];

// kind/effect, with `*` where a person may try again as it stands. The first column of words is for a request that can
// take effect, the second for a read or a sign-in.
const table: readonly Row[] = [
  [{ ended: 'not-sent', reason: 'dns' }, 'unreachable/none*', 'unreachable/none*'],
  [{ ended: 'not-sent', reason: 'refused' }, 'unreachable/none*', 'unreachable/none*'],
  [{ ended: 'not-sent', reason: 'tls' }, 'unreachable/none*', 'unreachable/none*'],
  [{ ended: 'not-sent', reason: 'timeout' }, 'unreachable/none*', 'unreachable/none*'],
  [{ ended: 'not-sent', reason: 'other' }, 'unreachable/none*', 'unreachable/none*'],
  [{ ended: 'not-sent', reason: 'address' }, 'unreachable/none', 'unreachable/none'],
  [{ ended: 'no-answer', reason: 'timeout' }, 'timeout/unknown', 'timeout/none*'],
  [{ ended: 'no-answer', reason: 'lost' }, 'connection-lost/unknown', 'connection-lost/none*'],
  [{ ended: 'no-answer', reason: 'garbled' }, 'invalid-reply/unknown', 'invalid-reply/none*'],
  [{ ended: 'cut', status: 200, reason: 'timeout' }, 'timeout/unknown', 'timeout/none*'],
  [{ ended: 'cut', status: 201, reason: 'lost' }, 'connection-lost/unknown', 'connection-lost/none*'],
  [{ ended: 'cut', status: 201, reason: 'too-large' }, 'invalid-reply/unknown', 'invalid-reply/none*'],
  [{ ended: 'cut', status: 302, reason: 'lost' }, 'invalid-reply/unknown', 'invalid-reply/none*'],
  [{ ended: 'cut', status: 400, reason: 'lost' }, 'rejected/none', 'rejected/none'],
  [{ ended: 'cut', status: 400, reason: 'timeout' }, 'rejected/none', 'rejected/none'],
  [{ ended: 'cut', status: 400, reason: 'too-large' }, 'rejected/none', 'rejected/none'],
  [{ ended: 'cut', status: 401, reason: 'lost' }, 'unauthorized/none', 'unauthorized/none'],
  [{ ended: 'cut', status: 403, reason: 'lost' }, 'forbidden/none', 'forbidden/none'],
  [{ ended: 'cut', status: 408, reason: 'lost' }, 'vendor-failure/unknown', 'vendor-failure/none*'],
  [{ ended: 'cut', status: 429, reason: 'lost' }, 'rate-limited/none*', 'rate-limited/none*'],
  [{ ended: 'cut', status: 500, reason: 'lost' }, 'vendor-failure/unknown', 'vendor-failure/none*'],
  ...[200, 201, 202, 204, 206, 299].map(
    (status): Row => [{ ended: 'answered', status, fits: false }, 'invalid-reply/unknown', 'invalid-reply/none*'],
  ),
  ...[300, 301, 302, 303, 304, 307, 308, 399].map(
    (status): Row => [{ ended: 'answered', status, fits: false }, 'invalid-reply/unknown', 'invalid-reply/none*'],
  ),
  ...[
    400, 402, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 418, 421, 422, 423, 424, 425, 426, 428, 431, 451, 499,
  ].map((status): Row => [{ ended: 'answered', status, fits: false }, 'rejected/none', 'rejected/none']),
  [{ ended: 'answered', status: 401, fits: false }, 'unauthorized/none', 'unauthorized/none'],
  [{ ended: 'answered', status: 403, fits: false }, 'forbidden/none', 'forbidden/none'],
  [{ ended: 'answered', status: 408, fits: false }, 'vendor-failure/unknown', 'vendor-failure/none*'],
  [{ ended: 'answered', status: 429, fits: false }, 'rate-limited/none*', 'rate-limited/none*'],
  ...[500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 524, 529, 599].map(
    (status): Row => [{ ended: 'answered', status, fits: false }, 'vendor-failure/unknown', 'vendor-failure/none*'],
  ),
  // Anything unrecognised is unknown.
  ...[0, 100, 199, 600, 999].map(
    (status): Row => [{ ended: 'answered', status, fits: false }, 'invalid-reply/unknown', 'invalid-reply/none*'],
  ),
  [{ ended: 'answered', status: 200, fits: true }, 'success', 'success'],
  [{ ended: 'answered', status: 201, fits: true }, 'success', 'success'],
];

const words = (ending: Ending, canTakeEffect: boolean) => {
  const verdict = classify(ending, { canTakeEffect });
  return verdict === null ? 'success' : `${verdict.kind}/${verdict.effect}${verdict.retryable ? '*' : ''}`;
};

describe(`can it have taken effect? (${table.length * 2} cells)`, () => {
  for (const [ending, effect, read] of table) {
    const name = `${ending.ended} ${'status' in ending ? ending.status : ''} ${'reason' in ending ? ending.reason : ''}`;
    test(`${name}: a create is ${effect}, a read is ${read}`, () => {
      expect([words(ending, true), words(ending, false)]).toEqual([effect, read]);
    });
  }

  test('whatever the status, only a request that can take effect is ever unknown', () => {
    for (let status = 0; status < 1000; status += 1) {
      for (const ending of [
        { ended: 'answered', status, fits: false },
        { ended: 'cut', status, reason: 'lost' },
      ] as const) {
        expect(classify(ending, { canTakeEffect: false })?.effect).toBe('none');
        const verdict = classify(ending, { canTakeEffect: true });
        // What may be tried again without a look at the vendor has provably not taken effect.
        if (verdict?.retryable) expect(verdict.effect).toBe('none');
      }
    }
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-20T17:00:00Z');
  const rows: readonly (readonly [string | null, number | null])[] = [
    [null, null],
    ['', null],
    ['0', 0],
    ['1', 1],
    [' 120 ', 120],
    ['1.5', null],
    ['-5', null],
    ['12345678901234', null],
    ['soon', null],
    ['Fri, 20 Nov 2026 17:00:30 GMT', 30],
    ['Friday, 20-Nov-26 17:00:30 GMT', 30],
    ['Fri Nov 20 17:00:30 2026 GMT', 30],
    ['Fri, 20 Nov 2026 16:00:00 GMT', 0],
    ['Xyz, 99 Foo 2026', null],
    ['2026', 2026],
  ];
  test.each(rows)('%j is %j seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
