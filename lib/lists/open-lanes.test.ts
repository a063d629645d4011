import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { Prisma } from '../db/generated/client';
import { withClient } from '../db/logins';
import { testDatabase } from '../testing/database';
import { addActor, addPartner, addTree } from '../testing/world';
import { openLanes } from './lanes';

/** Open attempts of a wide branch are found by the partners that have some, a look-up each, however many attempts there are. */

const database = await testDatabase();
const resellers = 80;
const openEach = 40;
let operator: Actor;
let reseller: Actor;
let below: readonly string[];
let withOpen: readonly string[];

beforeAll(async () => {
  const { host, csp } = await addTree();
  const other = await addPartner({ key: 'other-csp', kind: 'csp', parentId: host });
  const added: string[] = [];
  for (let index = 0; index < resellers; index += 1)
    added.push(await addPartner({ key: `wide-${index}`, kind: 'reseller', parentId: csp }));
  below = added;
  withOpen = below.slice(0, resellers - 10);
  operator = await addActor({ partnerId: csp, role: 'operator' });
  reseller = await addActor({ partnerId: below[0] ?? '', role: 'operator' });
  await withClient(database.superUrl, async (client) => {
    // Partners, customers and connections behind the attempts are not asked for.
    await client.query('set session_replication_role = replica');
    const attempts = `insert into attempt (id, correlation_id, customer_id, partner_id, connection_id, owner_partner_id, connection_name,
        connection_version, vendor, operation, subject, state, deadline, actor_id, actor_name, actor_role, actor_partner,
        payload_hash)
      select uuid_v7(), gen_random_uuid(), gen_random_uuid(), p, gen_random_uuid(), p, '', 1, 'cove', 'create-customer', n::text, $2, now(), p,
        '', 'admin', '', '' from unnest($1::uuid[]) p, generate_series(1, $3) n`;
    await client.query(attempts, [[...withOpen, other], 'unknown', openEach]);
    await client.query(attempts, [below, 'succeeded', 5]);
    await client.query('analyze attempt, partner_closure');
  });
});
afterAll(async () => {
  await closeDatabases();
  await database.drop();
});

const lanesOf = (actor: Actor) =>
  asActor(actor, async (tx) => {
    const rows = await tx.$queryRaw<{ partner_id: string }[]>(openLanes([]).sql);
    return rows.map((row) => row.partner_id).toSorted();
  });

const planSchema = z.tuple([
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Shared Hit Blocks': z.number() }) })]) }),
]);

describe('lanes of open attempts', () => {
  test('of a wide branch are its partners that have some, and nobody else’s', async () => {
    expect(await lanesOf(operator)).toEqual([...withOpen].toSorted());
  });

  test('of a small branch are its partners', async () => {
    expect(await lanesOf(reseller)).toEqual(below.slice(0, 1));
  });

  test('are found by a look-up each, not by all open attempts before it', async () => {
    const plan = await asActor(operator, (tx) =>
      tx.$queryRaw<unknown[]>(Prisma.sql`explain (analyze, buffers, format json) ${openLanes([]).sql}`),
    );
    const blocks = planSchema.parse(plan)[0]['QUERY PLAN'][0].Plan['Shared Hit Blocks'];
    // Two look-ups of a few blocks each for a partner.
    expect(blocks).toBeLessThan(withOpen.length * 20);
  });
});
