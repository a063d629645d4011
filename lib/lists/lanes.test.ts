import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { parseCustomerFilter } from '../customers/customer-filter';
import { listCustomers } from '../customers/list-customers';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { Prisma } from '../db/generated/client';
import { withClient } from '../db/logins';
import { testDatabase } from '../testing/database';
import { addActor, addPartner, addTree } from '../testing/world';
import { hitIds, partnerLanes, partnerWordLanes, type Source } from './lanes';
import type { Place } from './place';

/**
 * A list of a wide branch is walked through in its order first and read partner by partner where that finds too little: both
 * ways show the same rows, none twice, none of somebody else's.
 */

const database = await testDatabase();
const resellers = 80;
/** Rows of somebody else's, more than a walk passes. */
const between = 700;
const size = 20;
let operator: Actor;
let other: string;
/** Ids of the branch's customers, newest first. */
let expected: readonly string[];

/** Customers, one each in turn, with ids in the order they were made. */
async function addCustomers(partnerIds: readonly string[], count: number): Promise<readonly string[]> {
  return withClient(database.superUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into customer (id, partner_id, name, country)
       select uuid_v7(), ($1::uuid[])[1 + n % cardinality($1::uuid[])], 'Customer ' || n, 'PT' from generate_series(0, $2 - 1) n
       returning id`,
      [partnerIds, count],
    );
    return rows.map(({ id }) => id);
  });
}

beforeAll(async () => {
  const { host, csp } = await addTree();
  operator = await addActor({ partnerId: csp, role: 'operator' });
  other = await addPartner({ key: 'other-csp', kind: 'csp', parentId: host });
  const below: string[] = [];
  for (let index = 0; index < resellers; index += 1)
    below.push(await addPartner({ key: `wide-${index}`, kind: 'reseller', parentId: csp }));
  const oldest = await addCustomers(below, 150);
  await addCustomers([other], between);
  const newest = await addCustomers(below, 55);
  await addCustomers([other], 10);
  await withClient(database.superUrl, (client) => client.query('analyze customer, partner_closure'));
  expected = [...oldest, ...newest].toSorted().toReversed();
});
afterAll(async () => {
  await closeDatabases();
  await database.drop();
});

async function page(place: Place, query = '') {
  const filter = parseCustomerFilter(new URLSearchParams(query));
  return asActor(operator, (tx) => listCustomers(tx, { filter, place, size }));
}

describe('a list of a wide branch', () => {
  test('shows every row once, from the newest to the oldest, also where others have hundreds between', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 20; pages += 1) {
      const { rows, older } = await page({ after, before: null });
      seen.push(...rows.map(({ id }) => id));
      if (older === null) break;
      after = older;
    }
    expect(seen).toEqual(expected);
  });

  test('shows the same rows on the way back', async () => {
    const seen: string[] = [];
    let before: string | null = expected.at(-1) ?? null;
    for (let pages = 0; pages < 20 && before !== null; pages += 1) {
      const { rows, newer } = await page({ after: null, before });
      seen.unshift(...rows.map(({ id }) => id).filter((id) => !seen.includes(id)));
      before = newer;
    }
    expect(seen).toEqual(expected.slice(0, -1));
  });

  test('is narrowed by a filter on both ways', async () => {
    expect((await page({ after: null, before: null }, 'country=DE')).rows).toEqual([]);
    const { rows } = await page({ after: expected[54] ?? null, before: null }, 'country=PT');
    expect(rows.map(({ id }) => id)).toEqual(expected.slice(55, 55 + size));
    expect((await page({ after: null, before: null }, `partner=${other}`)).rows).toEqual([]);
  });
});

const nodeSchema = z.object({
  'Subplan Name': z.string().optional(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  get Plans() {
    return z.array(nodeSchema).default([]);
  },
});
type Node = z.infer<typeof nodeSchema>;
const planSchema = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: nodeSchema })]) })]);

const within = (node: Node): readonly Node[] => [node, ...node.Plans.flatMap(within)];

/** How the walk for a page read the customers: by which indexes, and how many of them, whether or not they are shown. */
async function walkOf(source: Source, place: Place) {
  const ids = hitIds({ table: 'customer', sources: [source], place, limit: size });
  const plan = await asActor(operator, (tx) =>
    tx.$queryRaw<unknown[]>(Prisma.sql`explain (analyze, format json) ${ids}`),
  );
  const walk = within(planSchema.parse(plan)[0]['QUERY PLAN'][0].Plan).find(
    (node) => node['Subplan Name'] === 'CTE near',
  );
  if (walk === undefined) throw new Error('The plan has no walk.');
  const [scan, second] = within(walk).filter((node) => node['Relation Name'] === 'customer');
  expect(second).toBeUndefined();
  if (scan === undefined) throw new Error('The walk reads no customers.');
  return {
    indexes: within(walk).flatMap(({ 'Index Name': name = '' }) => (name.startsWith('customer_') ? [name] : [])),
    passed: (scan['Actual Rows'] + scan['Rows Removed by Filter']) * scan['Actual Loops'],
  };
}

describe('a walk ends after 500 rows, anybody’s', () => {
  const on = Prisma.sql`r.partner_id = lane.partner_id`;
  const all: Source = { lanes: partnerLanes([]), on, where: [], walk: [] };
  const rare: Source = {
    lanes: partnerWordLanes([], ['DE']),
    on: Prisma.sql`${on} and r.country = lane.word`,
    where: [],
    walk: [Prisma.sql`r.country = 'DE'`],
  };

  const olderThan = (place: number): Place => ({ after: expected[place] ?? null, before: null });
  const newerThan = (place: number): Place => ({ after: null, before: expected.at(place) ?? null });
  const walks: readonly (readonly [string, Source, () => Place])[] = [
    ['older rows', all, () => olderThan(54)],
    ['newer rows', all, () => newerThan(55)],
    ['older rows of a rare kind', rare, () => ({ after: null, before: null })],
    ['newer rows of a rare kind', rare, () => newerThan(-1)],
  ];
  test.each(walks)('to %s', async (_, source, place) => {
    const { indexes, passed } = await walkOf(source, place());
    expect(indexes).toEqual(['customer_pkey']);
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThanOrEqual(501);
  });
});
