import { describe, expect, test } from 'vitest';
import type { PartnerNode } from '@/lib/partners/partner-node';
import { findByTyping, type KnownLevels, lineOf, pageTowards, toRows, withLevels, withPage } from './tree-rows';

const node = (name: string, children = 0): PartnerNode => ({
  partnerId: name,
  name,
  kind: 'reseller',
  children,
  disabled: false,
});
const nothing: KnownLevels<PartnerNode> = new Map();
const names = (levels: KnownLevels<PartnerNode>, opened: readonly string[]) =>
  toRows(levels, new Set(opened)).map(({ node: one, level }) => `${level} ${one?.name ?? '…'}`);

describe('the lines of the tree', () => {
  const levels = withLevels(nothing, [
    { parentId: null, start: 0, total: 1, nodes: [node('host', 3)] },
    { parentId: 'host', start: 1, total: 3, nodes: [node('beta', 2), node('gamma')] },
  ]);

  test('keep a place for what is not loaded, and open what is open', () => {
    expect(names(levels, [])).toEqual(['1 host']);
    expect(names(levels, ['host'])).toEqual(['1 host', '2 …', '2 beta', '2 gamma']);
    expect(names(levels, ['host', 'beta'])).toEqual(['1 host', '2 …', '2 beta', '3 …', '3 …', '2 gamma']);
  });

  test('know their place, and the line above them', () => {
    const rows = toRows(levels, new Set(['host', 'beta']));
    expect(rows[5]).toMatchObject({ index: 2, siblings: 3, above: 0 });
    expect(rows[3]).toMatchObject({ index: 0, siblings: 2, above: 2, parentId: 'beta' });
    expect(lineOf(rows, 'gamma')).toBe(5);
    expect(lineOf(rows, 'nobody')).toBeNull();
  });

  test('are found by the beginning of a name, from a line on and around the end', () => {
    const rows = toRows(levels, new Set(['host']));
    expect(findByTyping(rows, 0, 'G')).toBe(3);
    expect(findByTyping(rows, 3, 'be')).toBe(2);
    expect(findByTyping(rows, 0, 'zz')).toBeNull();
  });

  test('forget a level whose number of partners has changed', () => {
    const changed = withPage(levels, 'host', { start: 0, total: 4, nodes: [node('alpha')] });
    expect(names(changed, ['host'])).toEqual(['1 host', '2 alpha', '2 …', '2 …', '2 …']);
    const gone = withPage(levels, 'host', { start: 0, total: 3, nodes: [] });
    expect(names(gone, ['host'])).toEqual(['1 host', '2 …', '2 …', '2 …']);
    const same = withPage(levels, 'host', { start: 0, total: 3, nodes: [node('alpha')] });
    expect(names(same, ['host'])).toEqual(['1 host', '2 alpha', '2 beta', '2 gamma']);
  });
});

describe('a partner whose place is not known', () => {
  const led = withPage(
    withLevels(nothing, [{ parentId: null, start: 0, total: 1, nodes: [node('host', 4)] }]),
    'host',
    { start: 0, total: 4, nodes: [node('alpha'), node('beta', 1)], pinned: node('gamma', 1) },
  );

  test('stands before the others, and opens like them', () => {
    expect(names(led, ['host'])).toEqual(['1 host', '2 gamma', '2 alpha', '2 beta', '2 …', '2 …']);
    expect(names(led, ['host', 'gamma'])).toEqual(['1 host', '2 gamma', '3 …', '2 alpha', '2 beta', '2 …', '2 …']);
    const rows = toRows(led, new Set(['host', 'gamma']));
    expect(rows[1]).toMatchObject({ index: null, level: 2, siblings: 4, above: 0 });
    expect(rows[3]).toMatchObject({ index: 0 });
    expect(lineOf(rows, 'gamma')).toBe(1);
  });
  test('stays where it is when its own place gets loaded, and is there once', () => {
    const loaded = withPage(led, 'host', { start: 2, total: 4, nodes: [node('gamma', 1), node('delta')] });
    expect(names(loaded, ['host'])).toEqual(['1 host', '2 gamma', '2 alpha', '2 beta', '2 delta']);
  });
  test('is not pinned where it is loaded, nor twice', () => {
    const page = { start: 0, total: 4, nodes: [node('alpha'), node('beta', 1)] };
    expect(names(withPage(led, 'host', { ...page, pinned: node('beta', 1) }), ['host'])).toEqual(names(led, ['host']));
    expect(names(withPage(led, 'host', { ...page, pinned: node('gamma') }), ['host'])).toEqual(names(led, ['host']));
  });
});

describe('the page to ask for', () => {
  const loaded = (places: readonly number[]) => ({
    total: 1000,
    nodes: new Map(places.map((place) => [place, node(`n${place}`)])),
    pinned: [],
  });

  test.each([
    ['nothing is known', undefined, 3, { end: 'first' }],
    ['nothing is loaded, near the end', loaded([]), 900, { end: 'last' }],
    ['right after what is loaded', loaded([0, 99]), 100, { after: 'n99' }],
    ['right before what is loaded', loaded([300, 301]), 299, { before: 'n300' }],
    ['the end is nearer', loaded([0, 99]), 990, { end: 'last' }],
    ['the beginning is nearer', loaded([500]), 20, { end: 'first' }],
  ])('%s', (_, level, index, query) => {
    expect(pageTowards(level, index)).toEqual(query);
  });
});
