import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAttemptTargets } from '../attempts/search-targets';
import { findAuditTargets } from '../audit/audit-targets';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { testDatabase } from '../testing/database';
import { addActor, addTree } from '../testing/world';
import { actorChoices } from './choices';
import { parseSearchTerm } from './search-term';

/** Lists name the people of a branch. Those of a small branch are found by their partner, not among everybody's. */

const database = await testDatabase();
const partnersElsewhere = 300;
const peopleEach = 10;
let operator: Actor;

beforeAll(async () => {
  const { csp, harbor } = await addTree();
  operator = await addActor({ partnerId: harbor, role: 'operator' });
  await withClient(database.superUrl, async (client) => {
    await client.query(
      `with elsewhere as (
         insert into partner (id, key, name, kind, parent_id)
         select uuid_v7(), 'elsewhere-' || n, 'Elsewhere ' || n, 'reseller', $1 from generate_series(1, $2) n returning id, key
       )
       insert into app_user (id, partner_id, email, name)
       select uuid_v7(), id, key || '-' || n || '@example.com', 'Person ' || n from elsewhere, generate_series(1, $3) n`,
      [csp, partnersElsewhere, peopleEach],
    );
    await client.query('analyze app_user, partner_closure');
  });
});
afterAll(async () => {
  await closeDatabases();
  await database.drop();
});

/** Rows of people that this connection read through so far, in order or by an index. */
async function rowsRead(tx: ActorTx): Promise<number> {
  const [row] = await tx.$queryRaw<{ read: number }[]>`
    select (seq_tup_read + idx_tup_fetch)::integer as read from pg_stat_xact_user_tables where relname = 'app_user'`;
  return row?.read ?? Number.NaN;
}

/** What a question answers, and how many rows of people it read for that. */
async function asked<T>(run: (tx: ActorTx) => Promise<T>) {
  return asActor(operator, async (tx) => {
    const before = await rowsRead(tx);
    const answer = await run(tx);
    return { answer, read: (await rowsRead(tx)) - before };
  });
}

const termOf = (text: string) => {
  const term = parseSearchTerm(text);
  if (term === null) throw new Error('no search term');
  return term;
};

describe('of a small branch nobody else is read', () => {
  test('to offer its people', async () => {
    const { answer, read } = await asked((tx) => actorChoices(tx, { table: 'attempt', chosen: [], seen: [] }));
    expect(answer).toEqual([{ id: operator.userId, name: operator.name }]);
    expect(read).toBeLessThan(10);
  });

  test('to find its people by name, for attempts and for the audit', async () => {
    const attempts = await asked((tx) => findAttemptTargets(tx, termOf(operator.name)));
    expect(attempts.answer.actorIds).toEqual([operator.userId]);
    expect(attempts.read).toBeLessThan(10);
    const audit = await asked((tx) => findAuditTargets(tx, termOf(operator.name)));
    expect(audit.answer?.actorIds).toEqual([operator.userId]);
    expect(audit.read).toBeLessThan(10);
    expect((await asked((tx) => findAttemptTargets(tx, termOf('Person')))).answer.actorIds).toEqual([]);
  });
});
