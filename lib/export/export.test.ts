import { createTranslator } from 'next-intl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attemptHeader, exportAttempts } from '../attempts/export-attempts';
import { entryHeader, exportEntries } from '../audit/export-entries';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { customerHeader, exportCustomers } from '../customers/export-customers';
import { closeDatabases } from '../db/client';
import { type ListFixture, openListFixture, problemOf } from '../lists/list-fixture';
import { catalogue } from '../messages/catalogue';
import { testDatabase } from '../testing/database';
import type { Cell } from './csv';
import { csvResponse } from './csv-response';
import { exportPageSize, filtersForTheRecord } from './export-pages';

const words = createTranslator({ locale: 'en', messages: catalogue });
const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let viewer: Actor;
let operator: Actor;

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  viewer = await tree.actor('reseller', 'viewer');
  operator = await tree.actor('reseller', 'operator');
});
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

type Pages = AsyncGenerator<readonly (readonly Cell[])[], void, undefined>;

async function collect(pages: Pages) {
  const sizes: number[] = [];
  const rows: (readonly Cell[])[] = [];
  for await (const page of pages) {
    sizes.push(page.length);
    rows.push(...page);
  }
  return { sizes, rows };
}
const exportsOf = async () =>
  (await fixture.sql(`select detail, subject_id from audit_entry where action = 'export' order by seq`)).rows;

describe('an export', () => {
  test('holds every row once, over pages of a thousand, and nothing of other branches', async () => {
    const count = 2 * exportPageSize + 7;
    await fixture.sql(
      `insert into customer (id, partner_id, name, country)
       select uuid_v7(), case when n % 2 = 0 then $1::uuid else $2::uuid end, 'Bulk ' || n, 'PT' from generate_series(1, $3) n`,
      [tree.reseller, tree.sibling, 2 * count],
    );
    const { sizes, rows } = await collect(exportCustomers(viewer, new URLSearchParams(), words));
    expect(sizes).toEqual([exportPageSize, exportPageSize, 7]);
    expect(new Set(rows.map((row) => row[6])).size).toBe(count);
    expect(rows.every((row) => row.length === customerHeader(words).length && row[3] === 'Dune Computers')).toBe(true);
  });
  test('leaves an entry with its filters, without names that somebody typed', async () => {
    const before = (await exportsOf()).length;
    await collect(
      exportCustomers(viewer, new URLSearchParams({ q: 'Hans Privat', partner: tree.reseller, odd: 'x' }), words),
    );
    expect((await exportsOf()).slice(before)).toEqual([
      { subject_id: 'customers', detail: { filters: ['q=(text)', `partner=${tree.reseller}`] } },
    ]);
  });
  test('commits its entry before the first row leaves, also when nobody reads on', async () => {
    const before = (await exportsOf()).length;
    const pages = exportAttempts(viewer, new URLSearchParams(), words);
    await pages.next();
    await pages.return();
    expect((await exportsOf()).length).toBe(before + 1);
  });
  test('of attempts says outcome, reason and next step in words', async () => {
    const customer = await fixture.customer({ partnerId: tree.reseller, name: '=HYPERLINK("x")' });
    const onboarding = await fixture.onboarding({ customer, actor: operator });
    const connectionId = await fixture.connection({ partnerId: tree.reseller, name: 'Quay 1' });
    const at = { openedAt: onboarding.at, sentAt: onboarding.at, closedAt: new Date(onboarding.at.getTime() + 1500) };
    const refused = { state: 'refused', outcome: problemOf('already-exists') } as const;
    const id = await fixture.attempt({ onboarding, connectionId, ...refused, ...at, vendorId: '-4711' });
    const answer = await csvResponse({
      list: 'attempts',
      header: attemptHeader(words),
      pages: exportAttempts(viewer, new URLSearchParams({ q: id }), words),
    });
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="quayside-attempts-\d{8}-\d{4}\.csv"$/,
    );
    const text = await answer.text();
    const [header, row, end] = text.split('\r\n');
    expect(header).toContain('"Outcome","Why","Next step"');
    expect(row).toContain('"Refused","already exists there","Adopt","no"');
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
    expect(row).toContain(`"'-4711"`);
    expect(row).toContain('"1500","","Cloud Cockpit"');
    expect(end).toBe('');
  });
  test('of the audit carries number and hash of each entry', async () => {
    const { rows } = await collect(exportEntries(viewer, new URLSearchParams({ action: 'export' }), words));
    const column = (name: string) => entryHeader(words).indexOf(name);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row[column('Action')]).toBe('export');
      expect(row[column('Hash')]).toMatch(/^[0-9a-f]{64}$/);
      expect(row[column('Number in the chain')]).toBeGreaterThan(0);
      expect(row[column('Partner')]).toBe('Dune Computers');
    }
  });
  test('that fails on the way breaks off, rather than end a shorter file', async () => {
    async function* pages(): Pages {
      yield [['first']];
      throw new Error('the database went away');
    }
    const answer = await csvResponse({ list: 'attempts', header: ['a'], pages: pages() });
    await expect(answer.text()).rejects.toThrow();
  });
  test('that fails before its first row is no file at all', async () => {
    // biome-ignore lint/correctness/useYield: it fails before it could.
    async function* pages(): Pages {
      throw new Error('the database is away');
    }
    await expect(csvResponse({ list: 'attempts', header: ['a'], pages: pages() })).rejects.toThrow('away');
  });
});

test('what an entry keeps of filters is codes and ids', () => {
  const query = new URLSearchParams([
    ...[
      ['state', 'unknown'],
      ['state', 'refused'],
      ['q', 'Name'],
      ['country', '<script>'],
      ['after', 'x'],
      ['__proto__', 'y'],
    ],
    ...[
      ['customer', '0198c2a0-0000-7000-8000-000000000001'],
      ['dayFrom', '2026-11-01'],
      ['vendor', 'a\0b'],
      ['needs', ''],
    ],
  ]);
  expect(filtersForTheRecord(query)).toEqual([
    ...['state=unknown', 'state=refused', 'q=(text)', 'country=(text)'],
    ...['customer=0198c2a0-0000-7000-8000-000000000001', 'dayFrom=2026-11-01', 'vendor=(text)'],
  ]);
});
