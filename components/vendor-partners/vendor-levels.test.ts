import { expect, test } from 'vitest';
import type { VendorPartnerRecord } from '@/lib/vendor-partners/partner-view';
import { toLevelPage, wayDown } from './vendor-levels';

const record: VendorPartnerRecord = {
  ...{ vendorId: '7', name: 'Low', level: 'Reseller', state: null, key: null, children: 3 },
  ...{ gives: null, facts: {}, mappedTo: null, readAt: '2026-11-21T10:00:00Z' },
  path: [
    { vendorId: '1', name: 'Top', level: 'Distributor' },
    { vendorId: '4', name: 'Middle', level: 'SubDistributor' },
  ],
};
const row = (vendorId: string) => ({ ...record, vendorId, name: `Name ${vendorId}` });
const at = { parentId: '1', from: 0, hidden: 'hidden' };

test('the way down names each partner with the one above it, itself the last', () => {
  const way = wayDown(record).map(({ parentId, line }) => [parentId, line.partnerId, line.children]);
  expect(way).toEqual([
    ['1', '4', 1],
    ['4', '7', 3],
  ]);
  expect(wayDown({ ...record, path: [] })).toEqual([]);
});

test('a level has a line for each that the vendor counts, shown or not', () => {
  const page = toLevelPage({ rows: [row('5'), null], total: 4 }, at);
  expect(page).toMatchObject({ start: 0, total: 4 });
  expect(page.nodes.map(({ name }) => name)).toEqual(['Name 5', 'hidden', 'hidden', 'hidden']);
  expect(new Set(page.nodes.map(({ partnerId }) => partnerId)).size).toBe(4);
});

test('of 20,000 a page is a hundred lines', () => {
  const page = toLevelPage(
    { rows: Array.from({ length: 100 }, (_, n) => row(`${n}`)), total: 20_000 },
    { ...at, from: 900 },
  );
  expect(page).toMatchObject({ start: 900, total: 20_000 });
  expect(page.nodes).toHaveLength(100);
});
