import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowList, describeBody, maskOf, redact, redactHeaders, redactUrl, scrub } from './redact';

const seed = 20261120;
const list = allowList([
  'id',
  'name',
  'nested.kept',
  '-token',
  'rows[].id',
  'map.{uuid}.value',
  'words.{word}.value',
  'inner#.Kept',
  'inner#.List[]',
]);

describe('masking by allow-list', () => {
  test('keeps what is listed and shows type and length of the rest', () => {
    const masked = redact(
      {
        id: 7,
        name: 'Zeus',
        token: 'abcdef',
        nested: { kept: true, other: 'x' },
        rows: [{ id: 1, secret: 's' }, 'loose'],
        map: { 'cb3cd15b-1d6e-45be-b493-c71549cbfd87': { value: 1 }, 'jane@example.com': { value: 2 } },
        words: { license: { value: 3 }, 'not a word': { value: 4 } },
        inner: '{"Kept":"yes","Secret":"no","List":["a"]}',
        unlisted: 'gone',
      },
      list,
    );
    expect(masked).toEqual({
      id: 7,
      name: 'Zeus',
      token: '‹string, 6 characters›',
      nested: { kept: true, '‹other keys›': 1 },
      rows: [{ id: 1, '‹other keys›': 1 }, '‹string, 5 characters›'],
      map: { 'cb3cd15b-1d6e-45be-b493-c71549cbfd87': { value: 1 }, '‹other keys›': 1 },
      words: { license: { value: 3 }, '‹other keys›': 1 },
      inner: '{"Kept":"yes","List":["a"],"‹other keys›":1}',
      '‹other keys›': 1,
    });
  });

  test('keys compare without case, as the vendor writes them in several', () => {
    expect(redact({ NAME: 'x', Nested: { KEPT: 1 } }, list)).toEqual({ NAME: 'x', Nested: { KEPT: 1 } });
  });

  test('a listed key that holds another type than expected is masked', () => {
    expect(redact({ id: { deep: 'secret' }, name: ['secret'], inner: 'not json' }, list)).toEqual({
      id: '‹object, 1 key›',
      name: '‹array, 1 item›',
      inner: '‹string, 8 characters›',
    });
  });

  test('keys of the prototype are data like any other', () => {
    const value: unknown = JSON.parse('{"__proto__":{"id":"x"},"constructor":"y","id":1}');
    expect(JSON.stringify(redact(value, list))).toBe('{"id":1,"‹other keys›":2}');
    expect(JSON.stringify(redact(value, allowList(['__proto__.id'])))).toBe(
      '{"__proto__":{"id":"x"},"‹other keys›":2}',
    );
  });

  test('a bare value is kept only by `$`', () => {
    expect(redact('f574cf12', allowList(['$']))).toBe('f574cf12');
    expect(redact('f574cf12', list)).toBe('‹string, 8 characters›');
    expect(redact(12, list)).toBe('‹number›');
    expect(redact(null, list)).toBeNull();
    expect(maskOf(undefined)).toBeNull();
  });

  test('a secret that the vendor echoes is taken out of kept strings', () => {
    expect(redact({ name: 'you sent hunter22!' }, list, ['hunter22'])).toEqual({ name: 'you sent ‹secret›!' });
    expect(scrub('aXXXa', ['', 'a', 'XXX'])).toBe('a‹secret›a');
  });

  test('a very long kept string is cut', () => {
    const masked = redact({ name: 'x'.repeat(10_000) }, list);
    expect(JSON.stringify(masked).length).toBeLessThan(4100);
    expect(JSON.stringify(masked)).toContain('10000 characters in all');
  });

  test('2,000 random documents: no canary off the list survives, as a value or as a key', () => {
    const canary = 'CANARY-7f3a9';
    const salted = fc.string({ maxLength: 8 }).map((text) => `${text}${canary}${text}`);
    const key = fc.oneof(
      fc.constantFrom(
        'id',
        'name',
        'token',
        'rows',
        'map',
        'inner',
        'kept',
        'nested',
        'words',
        '__proto__',
        'Password',
      ),
      salted,
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'medium' }, tie('leaf'), tie('object'), tie('array'), tie('json')),
      leaf: fc.oneof(salted, fc.integer(), fc.boolean(), fc.constant(null)),
      object: fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
      array: fc.array(tie('tree'), { maxLength: 4 }),
      json: tie('tree').map((value) => JSON.stringify(value)),
    }));
    const nothing = allowList(['never']);
    // Everything may be seen by name, nothing by value.
    const seenOnly = allowList([
      '-id',
      '-name',
      '-rows[].id',
      '-inner#.id',
      '-map.name',
      '-nested.kept',
      '-__proto__.id',
    ]);
    fc.assert(
      fc.property(tree, (document) => {
        for (const one of [nothing, seenOnly]) expect(JSON.stringify(redact(document, one))).not.toContain('CANARY');
        // What is listed is kept, and only that: with the listed paths cut out, no canary is left.
        const kept = JSON.stringify(redact(document, list, [canary]));
        expect(kept).not.toContain('CANARY');
      }),
      { numRuns: 2000, seed },
    );
  });
});

describe('headers, URLs and other bodies', () => {
  test('headers are kept by name, Authorization and cookies never, even when listed', () => {
    const headers = {
      Authorization: 'Bearer t',
      'X-Tenant': 'a',
      'set-cookie': ['s=1'],
      'x-secret': 'b',
      date: undefined,
    };
    const names = ['authorization', 'x-tenant', 'set-cookie', 'cookie', 'date'];
    expect(redactHeaders(headers, names)).toEqual({ 'x-tenant': 'a' });
  });

  test('headers are scrubbed and cut', () => {
    const headers = { 'x-request-id': `id hunter22 ${'x'.repeat(600)}` };
    const kept = redactHeaders(headers, ['x-request-id'], ['hunter22']);
    expect(kept['x-request-id']).toMatch(/^id ‹secret› x+$/);
    expect(kept['x-request-id']?.length).toBe(500);
  });

  test('query values off the list become their type and length', () => {
    const url = new URL(
      'https://api.example/v1/Customers?searchField=Company.Name&searchValue=Zeus%20%26%20Sons&a%20b=1',
    );
    expect(redactUrl(url, ['searchField'])).toBe(
      'https://api.example/v1/Customers?searchField=Company.Name&searchValue=‹string, 11 characters›&‹string, 3 characters›=‹string, 1 character›',
    );
  });

  test('a body that is no JSON leaves media type, size and hash', () => {
    const html = Buffer.from('<html>hello</html>');
    expect(describeBody(html, 'text/HTML; charset=utf-8', { cut: false })).toEqual({
      mediaType: 'text/html',
      bytes: 18,
      sha256: '7e537e903df5bfa9c9de2dc590d2646f8b4aa71dd14877bd3e2eceda829a4618',
    });
    expect(describeBody(Buffer.from('abc'), 'no/type;secret=x', { cut: true })).toEqual({
      mediaType: 'no/type',
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      cut: true,
    });
    expect(describeBody(Buffer.alloc(0), 'CANARY', { cut: false })).toMatchObject({ mediaType: null, bytes: 0 });
  });
});
