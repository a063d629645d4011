import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPartners } from '@/prisma/seed';
import type { Actor } from '../auth/actor';
import { demoConnections } from '../commands/demo-connections';
import { forgetHealth } from '../connections/connection-health';
import { asSystem } from '../db/as-system';
import { withClient } from '../db/logins';
import { testDatabase } from '../testing/database';
import { openedAttempts } from '../testing/engine';
import { declareConnections, type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { ownWord } from '../testing/submissions';
import { addActor } from '../testing/world';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import { vendorKeys } from '../vendors/vendor';
import { getOnboardingRecord } from './get-onboarding-record';
import { onboard } from './onboard';
import { planOnboarding } from './plan';
import { runAttempts } from './run-attempts';
import type { Submission } from './submission';

/** Weather that comes of more than one: two people, two connections, a sign-in that is down while the API is up. */

const database = await testDatabase();
let simulators: RunningSimulators;
let four: FourVendors;
let colleague: Actor;
let cells = 0;

beforeAll(async () => {
  simulators = await startSimulators();
  four = await setUpFourVendors(simulators);
  colleague = await addActor({ partnerId: demoPartners[1].id, role: 'operator' });
});
afterAll(async () => {
  process.stdout.write(`together × four vendors: ${cells} cells\n`);
  await closeVendors();
  await simulators.stop();
});

async function statesOf(correlationId: string) {
  const { attempts } = await getOnboardingRecord(four.operator, correlationId);
  return new Map(attempts.map((attempt) => [attempt.vendor, attempt]));
}

/** The same form, filled by somebody else: another correlation id, the same facts. */
function again(submission: Submission, from: Submission): Submission {
  return { ...submission, facts: from.facts };
}

describe('the same customer, onboarded by two people at once', () => {
  test('is made once at each vendor, and the second one sees why', async () => {
    const name = `Zeus ${ownWord()}`;
    const first = four.submission(name);
    const second = again(four.submission(name), first);
    const people = [
      { actor: four.operator, submission: first },
      { actor: colleague, submission: second },
    ];
    // Both have a plan that creates before either submits.
    const plans = await Promise.all(people.map(({ actor, submission }) => planOnboarding(actor, submission)));
    expect(plans.map(({ acting }) => acting)).toEqual([4, 4]);
    const answers = await Promise.all(
      people.map(({ actor, submission }, index) => onboard(actor, plans[index]?.planHash ?? '', submission)),
    );
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['opened', 'plan-moved']);
    for (const answer of answers) if (answer.kind === 'opened') await runAttempts(answer.attempts);
    for (const vendor of vendorKeys) {
      cells += 1;
      expect([vendor, (await four.customersAt(vendor, name)).length]).toEqual([vendor, 1]);
    }
    const late = people[answers.findIndex(({ kind }) => kind !== 'opened')];
    if (late === undefined) throw new Error('both were opened');
    const { rows } = await planOnboarding(late.actor, late.submission);
    expect(rows.map(({ verdict }) => verdict)).toEqual(vendorKeys.map(() => 'blocked'));
  });
});

describe('the sign-in is down while the API is up', () => {
  for (const vendor of vendorKeys) {
    test(`${vendor}: nothing was sent, it is refused and may be tried again, and the others succeed`, async () => {
      cells += 1;
      const name = `Zeus ${ownWord()}`;
      const submission = four.submission(name);
      const ids = await openedAttempts(four.operator, submission);
      // What was signed in for the plan ends at the vendor; nobody gets in any more.
      await four.control(vendor, 'revoke-tokens');
      await four.control(vendor, 'faults', { ending: 'unavailable', path: 'token', times: null });
      await runAttempts(ids);
      await four.control(vendor, 'clear-faults');
      const attempts = await statesOf(submission.correlationId);
      const expected = (one: string) => (one === vendor ? 'refused' : 'succeeded');
      expect(vendorKeys.map((one) => [one, attempts.get(one)?.state])).toEqual(
        vendorKeys.map((one) => [one, expected(one)]),
      );
      expect(attempts.get(vendor)?.nextStep).toBe('retry');
      expect(await four.customersAt(vendor, name)).toEqual([]);
      forgetHealth();
      await withClient(database.superUrl, (client) => client.query('delete from connection_health'));
    });
  }
});

describe('two connections to one tenant of a vendor', () => {
  test('under one address are refused; under two, what one has made is found through the other', async () => {
    const declared = demoConnections(simulators.urls).map((one) => ({ ...one, key: `${one.key}-second` }));
    await expect(declareConnections(declared)).rejects.toThrow();
    // Another name of the same host is all that tells them apart.
    const elsewhere = (url: string) => url.replace('127.0.0.1', 'localhost');
    await declareConnections(
      declared.map(({ tokenUrl, baseUrl, ...one }) => ({
        ...one,
        name: `${one.name} too`,
        baseUrl: elsewhere(baseUrl),
        ...(tokenUrl === undefined ? {} : { tokenUrl: elsewhere(tokenUrl) }),
      })),
    );
    const added = await asSystem('seed', (tx) =>
      tx.connection.findMany({ where: { key: { endsWith: '-second' } }, select: { id: true, vendor: true } }),
    );
    const name = `Zeus ${ownWord()}`;
    const first = four.submission(name);
    await runAttempts(await openedAttempts(four.operator, first));
    const second = again(four.submission(name), first);
    const through = (vendorOf: string) => added.find(({ vendor }) => vendor === vendorOf)?.id ?? '';
    const { rows } = await planOnboarding(colleague, {
      ...second,
      vendors: second.vendors.map((one, index) => ({ ...one, connectionId: through(vendorKeys[index] ?? '') })),
    });
    for (const vendor of vendorKeys) {
      cells += 1;
      const [there] = await four.customersAt(vendor, name);
      const row = rows.find((one) => one.vendor === vendor);
      expect([vendor, row?.verdict, row?.found.map((one) => one.vendorId)]).toEqual([vendor, 'blocked', [there?.id]]);
    }
  });
});
