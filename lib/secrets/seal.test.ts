import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { forgetEnv } from '@/lib/env';
import { open, type SealBinding, SealError, seal } from './seal';

const before = process.env.QUAYSIDE_SECRET_KEYS;
const key = (version: number) => `${version}:${randomBytes(32).toString('base64')}`;

function useKeys(...keys: string[]) {
  process.env.QUAYSIDE_SECRET_KEYS = keys.join(',');
  forgetEnv();
}

afterEach(() => {
  process.env.QUAYSIDE_SECRET_KEYS = before;
  forgetEnv();
});

const word = fc.string({ minLength: 0, maxLength: 20, unit: 'binary' });
const bindings = fc.record({ partnerId: word, vendor: word, recordId: word, field: word });
const same = (left: SealBinding, right: SealBinding) =>
  left.partnerId === right.partnerId &&
  left.vendor === right.vendor &&
  left.recordId === right.recordId &&
  left.field === right.field;

describe('S11 a sealed value', () => {
  test('opens to what was sealed, for any text and binding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), bindings, (value, binding) => {
        expect(open({ ...seal({ value, binding }), binding })).toBe(value);
      }),
    );
  });

  test('is rejected when any one bit of it is flipped', () => {
    const binding = { partnerId: 'p', vendor: 'cloud-cockpit', recordId: 'c', field: 'clientSecret' };
    const { keyVersion, sealed } = seal({ value: 'correct horse', binding });
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open({ keyVersion, sealed: flipped, binding })).toThrow(SealError);
    }
  });

  test('is rejected when it is cut or lengthened', () => {
    const binding = { partnerId: 'p', vendor: 'v', recordId: 'c', field: 'f' };
    const { keyVersion, sealed } = seal({ value: 'correct horse', binding });
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => open({ keyVersion, sealed: sealed.subarray(0, length), binding })).toThrow(SealError);
    }
    expect(() => open({ keyVersion, sealed: Uint8Array.from([...sealed, 0]), binding })).toThrow(SealError);
  });

  test('is rejected below any other partner, vendor, record or field', () => {
    fc.assert(
      fc.property(fc.string(), bindings, bindings, (value, binding, other) => {
        fc.pre(!same(binding, other));
        expect(() => open({ ...seal({ value, binding }), binding: other })).toThrow(SealError);
      }),
    );
    // What is joined differently but reads alike stays apart.
    const sealed = seal({ value: 's', binding: { partnerId: 'a', vendor: 'b","c', recordId: 'd', field: 'e' } });
    expect(() =>
      open({ ...sealed, binding: { partnerId: 'a', vendor: 'b', recordId: 'c', field: 'd","e' } }),
    ).toThrow();
  });

  test('is rejected under another key version, even with the same key', () => {
    const material = randomBytes(32).toString('base64');
    useKeys(`1:${material}`, `2:${material}`);
    const binding = { partnerId: 'p', vendor: 'v', recordId: 'c', field: 'f' };
    const { sealed, keyVersion } = seal({ value: 's', binding });
    expect(keyVersion).toBe(2);
    expect(() => open({ keyVersion: 1, sealed, binding })).toThrow(SealError);
  });

  test('never looks the same twice', () => {
    const binding = { partnerId: 'p', vendor: 'v', recordId: 'c', field: 'f' };
    const seen = new Set(
      Array.from({ length: 100 }, () => Buffer.from(seal({ value: 's', binding }).sealed).toString('hex')),
    );
    expect(seen.size).toBe(100);
  });
});

describe('S13 keys', () => {
  const binding = { partnerId: 'p', vendor: 'v', recordId: 'c', field: 'f' };

  test('the newest seals, every known one opens', () => {
    const [one, two] = [key(1), key(2)];
    useKeys(one);
    const old = seal({ value: 'old', binding });
    useKeys(two, one);
    expect(open({ ...old, binding })).toBe('old');
    expect(seal({ value: 'new', binding }).keyVersion).toBe(2);
  });

  test('a value whose key is gone says so, and nothing of the value', () => {
    useKeys(key(1));
    const old = seal({ value: 'canary', binding });
    useKeys(key(2));
    expect(() => open({ ...old, binding })).toThrow('no key of version 1 is configured');
  });
});
