import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, toCsv, toSafeText } from './csv';

/** A reader as strict as RFC 4180: every cell in quotes, quotes doubled, CR LF after every line, nothing else. */
function readStrictly(text: string): string[][] {
  const rows: string[][] = [];
  let place = 0;
  while (place < text.length) {
    const row: string[] = [];
    for (;;) {
      if (text[place] !== '"') throw new Error(`no opening quote at ${place}`);
      let end = place + 1;
      while (!(text[end] === '"' && text[end + 1] !== '"')) {
        if (end >= text.length) throw new Error('no closing quote');
        end += text[end] === '"' ? 2 : 1;
      }
      row.push(text.slice(place + 1, end).replaceAll('""', '"'));
      place = end + 1;
      if (text[place] !== ',') break;
      place += 1;
    }
    if (text.slice(place, place + 2) !== '\r\n') throw new Error(`no line end at ${place}`);
    place += 2;
    rows.push(row);
  }
  return rows;
}

const seed = Number(process.env.QUAYSIDE_SEED ?? Date.now() % 1_000_000);
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', '\t', '=', '+', '-', '@', "'", ' ', 'a', '|', '＝') }),
  fc.constantFrom(
    '=1+1',
    '+351 21',
    '-5',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\ufeff=1',
    'a;=1',
    'a\n=1',
    '',
    '""',
    "'",
  ),
);

describe('CSV', () => {
  test(`10,000 random cells are read back as they were written (seed ${seed})`, () => {
    let cells = 0;
    const rows = fc.array(fc.array(nasty, { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(rows, (given) => {
        cells += 25;
        expect(readStrictly(toCsv(given))).toEqual(given.map((row) => row.map(toSafeText)));
      }),
      { numRuns: 400, seed },
    );
    expect(cells).toBeGreaterThanOrEqual(10_000);
  });
  test('no text cell begins as a formula, and at most an apostrophe was added', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const safe = toSafeText(text);
        expect(/^[\s\p{Cc}\ufeff]*[=+\-@＝＋－＠]/u.test(safe)).toBe(false);
        expect([text, `'${text}`]).toContain(safe);
      }),
      { numRuns: 10_000, seed },
    );
  });
  test.each([
    ...['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx', ' =1', '\u00a0=1', '\ufeff=1', '＝1', '＋1', '－1', '＠x'],
    ...['a;=1', 'a,=1', 'a\t=1', 'a\n=1', 'a\r=1', 'a|=1', 'a;"=1', "a,' @x"],
  ])('%j gets an apostrophe', (text) => {
    expect(toSafeText(text)).toBe(`'${text}`);
  });
  test.each(['Zeus & Sons', 'a=b', 'a-b', 'x@y.example', '5 + 5', "'quoted'", '', 'Müller', 'نخيل'])(
    '%j stays as it is',
    (text) => {
      expect(toSafeText(text)).toBe(text);
    },
  );
  test('numbers of ours stay numbers, nothing is an empty cell', () => {
    const row: readonly Cell[] = [-5, 0, 1234.5, null, '', true];
    expect(toCsv([row])).toBe('"-5","0","1234.5","","","true"\r\n');
  });
});
