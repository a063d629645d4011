import { createTranslator } from 'next-intl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAttemptFilter } from '../attempts/attempt-filter';
import { listAttempts } from '../attempts/list-attempts';
import type { Actor } from '../auth/actor';
import { makeTree, type TestTree } from '../connections/tree-fixture';
import { asActor } from '../db/as-actor';
import { closeDatabases } from '../db/client';
import { Prisma } from '../db/generated/client';
import { attemptsByMapping, attemptsByVendorId, idsThatBegin, textBeginsWith } from '../lists/begins-with';
import { inBranch } from '../lists/in-branch';
import { type CustomerGiven, type ListFixture, type OnboardingGiven, openListFixture } from '../lists/list-fixture';
import { firstPlace } from '../lists/place';
import { parseSearchTerm, type SearchTerm } from '../lists/search-term';
import { catalogue } from '../messages/catalogue';
import { testDatabase } from '../testing/database';
import { search } from './search';

const words = createTranslator({ locale: 'en', messages: catalogue });
const database = await testDatabase();
let tree: TestTree;
let fixture: ListFixture;
let operator: Actor;
let admin: Actor;
let neighbour: Actor;
let customer: CustomerGiven;
let onboarding: OnboardingGiven;
let connectionId: string;
let attemptId: string;

const theirs = '9F3b7c20-5a41-4c7e-8d52-0c9be1f7a6d4';
const answered = 'ab12cd34-0000-4000-8000-00000000beef';

beforeAll(async () => {
  tree = await makeTree();
  fixture = await openListFixture(database);
  operator = await tree.actor('reseller', 'operator');
  admin = await tree.actor('csp', 'admin');
  neighbour = await tree.actor('sibling', 'admin');
  customer = await fixture.customer({ partnerId: tree.reseller, name: 'Sought', at: new Date('2026-03-01T10:00:00Z') });
  connectionId = await fixture.connection({ partnerId: tree.csp, name: 'Ridge cockpit', shared: true });
  onboarding = await fixture.onboarding({ customer, actor: operator, at: new Date('2026-04-01T10:00:00Z') });
  attemptId = await fixture.attempt({
    ...{ onboarding, connectionId, at: new Date('2026-05-01T10:00:00Z') },
    ...{ vendorId: 'CUST-440017', vendorCorrelationId: theirs, words: `DomainTaken: see case ${answered}` },
  });
  await fixture.sql(
    `insert into mapping (id, connection_id, partner_id, external_id) values (uuid_v7(), $1, $2, 'res-880042')`,
    [connectionId, tree.reseller],
  );
  await fixture.sql('set session_replication_role = replica');
  await fixture.sql(`update attempt set mapping_id = 'res-880042' where id = $1`, [attemptId]);
  // Enough rows beside them that only an index is the shorter way.
  await fixture.sql(
    `insert into onboarding (correlation_id, id, partner_id, customer_id, plan_hash, request_hash, actor_id, actor_name,
        actor_role, actor_partner)
      select gen_random_uuid(), uuid_v7(), partner_id, customer_id, '', '', actor_id, '', '', ''
      from onboarding, generate_series(1, 20000) where correlation_id = $1`,
    [onboarding.correlationId],
  );
  await fixture.sql(
    `insert into attempt (id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
        connection_version, vendor, operation, subject, deadline, actor_id, actor_name, actor_role, actor_partner, payload_hash,
        state, vendor_id, vendor_correlation_id)
      select uuid_v7(), gen_random_uuid(), partner_id, gen_random_uuid(), gen_random_uuid(), owner_partner_id, '', 1, vendor, operation,
        n::text, deadline, actor_id, '', '', '', '', 'succeeded', 'X-' || n, gen_random_uuid()::text
      from attempt, generate_series(1, 40000) n where attempt.id = $1`,
    [attemptId],
  );
  await fixture.sql(
    `insert into vendor_account (id, customer_id, partner_id, connection_id, vendor, vendor_id, origin, correlation_id)
      select uuid_v7(), gen_random_uuid(), $1, gen_random_uuid(), 'cove', 'Y-' || n, 'created', gen_random_uuid()
      from generate_series(1, 20000) n`,
    [tree.reseller],
  );
  await fixture.sql(
    `insert into mapping (id, connection_id, partner_id, external_id)
      select uuid_v7(), gen_random_uuid(), $1, 'Z-' || n from generate_series(1, 20000) n`,
    [tree.reseller],
  );
  await fixture.sql('set session_replication_role = origin');
  await fixture.sql('analyze');
}, 120_000);
afterAll(async () => {
  await fixture.end();
  await closeDatabases();
  await database.drop();
});

const record = () => `/onboardings/${onboarding.correlationId}?attempt=${attemptId}`;
const hrefs = async (actor: Actor, query: string) =>
  (await search(actor, query, words)).results.map((result) => result.href);
async function attemptsFor(actor: Actor, query: string): Promise<readonly string[]> {
  const filter = parseAttemptFilter(new URLSearchParams({ q: query }), { timeZone: 'UTC', now: new Date() });
  const { rows } = await asActor(actor, (tx) => listAttempts(tx, { filter, place: firstPlace }));
  return rows.map((row) => row.id);
}

/** What is typed, what the search box opens with it, and whether the attempt's list shows the attempt. */
const typed = () =>
  [
    ['an attempt’s first eight', attemptId.slice(0, 8), record(), true],
    ['an attempt’s first nine, with the dash', attemptId.slice(0, 9), record(), true],
    ['without dashes, in capitals', attemptId.replaceAll('-', '').slice(0, 20).toUpperCase(), record(), true],
    ['six of a correlation id', onboarding.correlationId.slice(0, 6), `/onboardings/${onboarding.correlationId}`, true],
    ['eight of a customer’s', customer.id.slice(0, 8), `/customers/${customer.id}`, true],
    ['six of the vendor’s id', 'cust-4', record(), true],
    ['six of the vendor’s correlation id', theirs.slice(0, 6), record(), true],
    ['a whole mapping', 'res-880042', `/partners?partner=${tree.reseller}`, true],
    ['six of a mapping', 'res-88', `/partners?partner=${tree.reseller}`, true],
    ['what the vendor answered', 'domaintaken', record(), true],
    ['an id within what the vendor answered', answered, record(), true],
    ['a part of one', answered.slice(0, 7), record(), true],
  ] as const;

describe('six characters of an id', () => {
  test('find it in the search box and among the attempts', async () => {
    for (const [what, query, href, listed] of typed()) {
      expect(await hrefs(operator, query), what).toContain(href);
      expect((await attemptsFor(operator, query)).includes(attemptId), what).toBe(listed);
    }
  });

  test('open the page where they are of one record alone', async () => {
    expect(await search(operator, 'cust-4', words)).toMatchObject({ exact: true, results: [{ href: record() }] });
  });

  test('find nothing outside the branch', async () => {
    for (const [what, query] of typed()) {
      expect(await hrefs(neighbour, query), what).toEqual([]);
      expect(await attemptsFor(neighbour, query), what).toEqual([]);
    }
  });

  test('five do not, and neither does what is no beginning of an id', async () => {
    for (const query of [attemptId.slice(0, 5), 'cust-', `${attemptId.slice(0, 6)}-`, `${attemptId.slice(0, 10)}-1`]) {
      expect(parseSearchTerm(query), query).toMatchObject({ range: null });
      expect(await hrefs(operator, query), query).not.toContain(record());
    }
  });
});

describe('an index answers', () => {
  const term = (text: string): SearchTerm => parseSearchTerm(text) ?? { text, id: null, range: null, prefixes: [] };
  const questions: readonly (readonly [string, () => Prisma.Sql, readonly string[]])[] = [
    ['an attempt’s beginning', () => idsThatBegin('attempt', term(attemptId.slice(0, 8)), 12), ['attempt_p']],
    [
      'a correlation id’s',
      () => idsThatBegin('onboarding', term(onboarding.correlationId.slice(0, 6)), 12),
      ['onboarding_pkey'],
    ],
    [
      'the vendor’s ids',
      () => attemptsByVendorId(term('cust-4'), 12),
      ['attempt_vendor_id', 'attempt_vendor_correlation'],
    ],
    ['a mapping', () => attemptsByMapping(term('res-880042'), 12), ['mapping_external_id', 'attempt_connection']],
    [
      'an account',
      () => Prisma.sql`(select v.customer_id from vendor_account v
        where ${textBeginsWith(Prisma.sql`v.vendor_id`, term('cust-4').prefixes)} and ${inBranch('v')})`,
      ['vendor_account_vendor_id'],
    ],
  ];
  test.each(questions)('%s', async (_, question, indexes) => {
    const plan = await asActor(admin, (tx) => tx.$queryRaw<unknown[]>(Prisma.sql`explain ${question()}`));
    const text = plan.map((line) => JSON.stringify(line)).join('\n');
    expect(text).not.toMatch(/Seq Scan on (attempt|onboarding|vendor_account)/);
    for (const index of indexes) expect(text).toContain(index);
    // The beginning itself is what the index is asked for: nothing is read only to be left out.
    expect(text).not.toMatch(/Filter: .*(~>=~|>= ')/);
  });
});
