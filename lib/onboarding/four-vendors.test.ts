import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '@/lib/db/logins';
import { demoPartners } from '@/prisma/seed';
import type { AttemptState } from '../attempts/attempt';
import { forgetHealth } from '../connections/connection-health';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { type FourVendors, initialPassword, setUpFourVendors } from '../testing/four-vendors';
import { ownWord } from '../testing/submissions';
import { addActor } from '../testing/world';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import { type VendorKey, vendorKeys } from '../vendors/vendor';
import { getOnboardingRecord } from './get-onboarding-record';
import { planOnboarding } from './plan';
import { runAttempts } from './run-attempts';
import { checkAttempt, settleByHand } from './settle';

/** One onboarding at all four vendors under one correlation id, in good and in bad weather. */

const database = await testDatabase();
let simulators: RunningSimulators;
let four: FourVendors;
let cells = 0;

beforeAll(async () => {
  simulators = await startSimulators();
  four = await setUpFourVendors(simulators);
});
afterAll(async () => {
  process.stdout.write(`weather × engine × four vendors: ${cells} cells\n`);
  await closeVendors();
  await simulators.stop();
});

/** Everything ends like this at every vendor; `at` says where it comes to something else. */
interface Weather {
  readonly ending: string;
  readonly state: AttemptState;
  readonly there: 0 | 1;
  readonly at?: Partial<Record<VendorKey, { readonly state: AttemptState; readonly there: 0 | 1 }>>;
}

const table: readonly Weather[] = [
  { ending: 'refuse', state: 'refused', there: 0 },
  { ending: 'conflict', state: 'refused', there: 0 },
  { ending: 'unauthorized', state: 'succeeded', there: 1 },
  { ending: 'expire-token', state: 'succeeded', there: 1 },
  { ending: 'forbidden', state: 'refused', there: 0 },
  { ending: 'rate-limit-bare', state: 'refused', there: 0 },
  { ending: 'request-timeout', state: 'unknown', there: 0 },
  { ending: 'error-before', state: 'unknown', there: 0 },
  { ending: 'error-after', state: 'unknown', there: 1 },
  { ending: 'unavailable', state: 'unknown', there: 0 },
  { ending: 'html', state: 'unknown', there: 1 },
  { ending: 'empty', state: 'unknown', there: 1 },
  { ending: 'half-body', state: 'unknown', there: 1 },
  { ending: 'truncated', state: 'unknown', there: 1 },
  { ending: 'wrong-shape', state: 'unknown', there: 1 },
  { ending: 'wrong-type', state: 'succeeded', there: 1 },
  { ending: 'reset-before', state: 'unknown', there: 0 },
  { ending: 'reset-after', state: 'unknown', there: 1 },
  { ending: 'hang', state: 'unknown', there: 0 },
  { ending: 'hang-after', state: 'unknown', there: 1 },
  { ending: 'redirect', state: 'unknown', there: 0 },
  { ending: 'huge', state: 'unknown', there: 1 },
  { ending: 'garbled', state: 'unknown', there: 0 },
  { ending: 'lag-5400', state: 'succeeded', there: 1 },
];

async function attemptsOf(correlationId: string) {
  const { attempts } = await getOnboardingRecord(four.operator, correlationId);
  const of = (vendor: VendorKey) => {
    const found = attempts.find((attempt) => attempt.vendor === vendor);
    if (found === undefined) throw new Error(`there is no attempt at ${vendor}`);
    return found;
  };
  return { attempts, of };
}

describe('one run at four vendors', () => {
  test('creates one customer at each, under one correlation id, each with its own exchanges', async () => {
    const name = `Zeus ${ownWord()}`;
    const submission = four.submission(name);
    await runAttempts(await openedAttempts(four.operator, submission));
    const { attempts, of } = await attemptsOf(submission.correlationId);
    expect(attempts.map((attempt) => [attempt.vendor, attempt.state, attempt.problem])).toEqual(
      attempts.map((attempt) => [attempt.vendor, 'succeeded', null]),
    );
    expect(attempts).toHaveLength(4);
    for (const vendor of vendorKeys) {
      const there = await four.customersAt(vendor, name);
      expect(there.map(({ id }) => id)).toEqual([of(vendor).vendorId]);
      if (there[0]?.key != null) expect(there[0].key).toBe(submission.correlationId);
      expect(of(vendor).exchanges.filter((one) => one.purpose === 'create')).toHaveLength(1);
    }
  });

  for (const weather of table) {
    test(`${weather.ending} at each: ${weather.state}, ${weather.there} there`, async () => {
      const name = `Zeus ${ownWord()}`;
      const bad = `${name} sim:${weather.ending}`;
      const submission = four.submission(name, Object.fromEntries(vendorKeys.map((vendor) => [vendor, bad])));
      const ids = await openedAttempts(four.operator, submission);
      await runAttempts(ids);
      const { of } = await attemptsOf(submission.correlationId);
      for (const vendor of vendorKeys) {
        cells += 1;
        const expected = weather.at?.[vendor] ?? weather;
        const attempt = of(vendor);
        const there = await four.customersAt(vendor, name);
        expect([vendor, attempt.state, there.length]).toEqual([vendor, expected.state, expected.there]);
        const creates = await four.createsAt(vendor, name);
        // What may have taken effect is never sent again; each request has its exchange in the record.
        if (attempt.state === 'unknown') expect(creates).toHaveLength(1);
        expect(attempt.exchanges.filter((one) => one.purpose === 'create')).toHaveLength(creates.length);
        if (attempt.state !== 'unknown') continue;
        const answer = await checkAttempt(four.operator, attempt.attemptId);
        const settles = expected.there === 1 && there[0]?.key === submission.correlationId;
        expect([vendor, answer.kind]).toEqual([vendor, settles ? 'settled' : 'not-found-yet']);
      }
      forgetHealth();
      await withClient(database.superUrl, (client) => client.query('delete from connection_health'));
    });
  }

  test('R24: one that hangs, one that refuses and one that is unknown neither delay nor undo the fourth', async () => {
    const name = `Zeus ${ownWord()}`;
    const submission = four.submission(name, {
      'cloud-cockpit': `${name} sim:hang`,
      avepoint: `${name} sim:refuse`,
      cove: `${name} sim:reset-after`,
    });
    await runAttempts(await openedAttempts(four.operator, submission));
    const { of } = await attemptsOf(submission.correlationId);
    expect(vendorKeys.map((vendor) => [vendor, of(vendor).state])).toEqual([
      ['cloud-cockpit', 'unknown'],
      ['avepoint', 'refused'],
      ['cove', 'unknown'],
      ['cloudlx', 'succeeded'],
    ]);
    const hung = of('cloud-cockpit').closedAt ?? '';
    expect(Date.parse(of('cloudlx').closedAt ?? '')).toBeLessThan(Date.parse(hung));
  });
});

test('an admin below the owner of a shared connection cannot settle with an id of somebody else’s customer', async () => {
  const [theirs] = await four.customersAt('avepoint', '');
  const harbor = demoPartners[2].id;
  const admin = await addActor({ partnerId: harbor, role: 'admin' });
  const name = `Zeus ${ownWord()}`;
  const { vendors, ...whole } = four.submission(name, { avepoint: `${name} sim:reset-before` });
  const ids = await openedAttempts(admin, {
    ...whole,
    partnerId: harbor,
    vendors: vendors.filter((vendor) => vendor.connectionId === four.connections.avepoint),
  });
  await runAttempts(ids);
  const settling = {
    attemptId: ids[0] ?? '',
    state: 'succeeded',
    vendorId: theirs?.id ?? '',
    note: 'I was told so.',
  } as const;
  await expect(settleByHand(admin, settling)).rejects.toThrow('No customer with this id can be seen');
});

describe('a first password', () => {
  test('is sealed beside the attempt, sent once, and gone with the closing; nothing else ever holds it', async () => {
    const submission = four.submission(`Zeus ${ownWord()}`);
    const view = await planOnboarding(four.operator, submission);
    expect(JSON.stringify(view)).not.toContain(initialPassword);
    const ids = await openedAttempts(four.operator, submission);
    const count = () =>
      withClient(database.superUrl, async (client) => {
        const { rows } = await client.query<{ count: number }>(
          'select count(*)::integer as count from attempt_secret where attempt_id = any ($1)',
          [ids],
        );
        return rows[0]?.count;
      });
    expect(await count()).toBe(1);
    // As after a restart: the run reads the attempt again and opens what was sealed.
    await runAttempts(ids);
    expect(await count()).toBe(0);
    const { of } = await attemptsOf(submission.correlationId);
    expect(of('avepoint').state).toBe('succeeded');
    const everything = await withClient(database.superUrl, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
      );
      const texts = [];
      for (const { name } of tables) texts.push(await client.query(`select t::text as text from ${name} t`));
      return texts.flatMap(({ rows }) => rows.map((row: { text: string }) => row.text)).join('\n');
    });
    expect(everything).toContain(submission.correlationId);
    expect(everything).not.toContain(initialPassword);
  });

  test('is asked for again where it is missing: the plan is blocked with a sentence', async () => {
    const submission = four.submission(`Zeus ${ownWord()}`);
    const without = { ...submission, vendors: submission.vendors.map(({ secrets: _, ...vendor }) => vendor) };
    const { rows } = await planOnboarding(four.operator, without);
    const row = rows.find((one) => one.vendor === 'avepoint');
    expect([row?.verdict, row?.reason]).toEqual(['blocked', 'invalid']);
    expect(row?.findings.map((finding) => finding.field)).toContain('password');
  });
});
