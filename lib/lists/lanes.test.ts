import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { parseCustomerFilter } from '../customers/customer-filter';
import { listCustomers } from '../customers/list-customers';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { testDatabase } from '../testing/database';
import { addActor, addPartner, addTree } from '../testing/world';
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
