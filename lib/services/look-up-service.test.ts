import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { dueLookUps } from '../jobs/sweep';
import { lookUpAttempt } from '../onboarding/look-up-attempt';
import { lookUpDelaysMs } from '../onboarding/look-up-schedule';
import type { AttemptView } from '../onboarding/record-view';
import { runAttempts } from '../onboarding/run-attempts';
import { settleByHand } from '../onboarding/settle';
import { testDatabase } from '../testing/database';
import { onlyAttempt } from '../testing/engine';
import { addActor, addAvepoint, addCustomerAboard, addTree } from '../testing/world';
import { emptyServiceInput } from '../vendors/avepoint/services/input';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { simulatedCustomer } from '../vendors/avepoint/simulator/state';
import { closeVendors } from '../vendors/registry';
import { addService } from './add-service';
import { planService } from './plan-service';

const database = await testDatabase();
let simulator: AvepointSimulator;
let admin: Actor;
let operator: Actor;
let harborOperator: Actor;
let tree: Awaited<ReturnType<typeof addTree>>;
let avepoint: string;

beforeAll(async () => {
  const customers = Array.from({ length: 20 }, (_, at) => simulatedCustomer(100 + at, `Service ${at}`, 'PT'));
  simulator = await startAvepointSimulator({ customers });
  tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  harborOperator = await addActor({ partnerId: tree.harbor, role: 'operator' });
  avepoint = await connection();
});
afterEach(() => {
  simulator.control.reset();
  simulator.control.setClock(null);
});
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const connection = () =>
  addAvepoint({ ownerPartnerId: tree.csp, baseUrl: simulator.url, tokenUrl: simulator.tokenUrl, timeoutMs: 1_000 });
const trial = {
  ...emptyServiceInput,
  product: 'cloud-backup-m365',
  license: 'trial',
  storage: 's3',
  retentionYears: 1,
};

let used = 0;
interface Unknown {
  readonly attempt: AttemptView;
  readonly correlationId: string;
  readonly vendorId: string;
}

/** A service whose outcome nobody knows: the vendor has added it, or not. */
async function unknownService(
  ending: 'error-before' | 'error-after',
  { actor = operator, connectionId = avepoint, lagMs = 0, twice = false } = {},
): Promise<Unknown> {
  const vendorId = simulator.control.customers()[used]?.id ?? '';
  used += 1;
  const { partnerId } = actor;
  const customerId = await addCustomerAboard({ partnerId, connectionId, vendorId, name: 'Zeus & Sons' });
  const submit = async (anyway: boolean) => {
    const correlationId = uuidv7();
    const submission = { correlationId, customerId, connectionId, input: { ...trial }, anyway, retryOf: null };
    const { planHash } = await planService(actor, submission);
    const answer = await addService(actor, planHash, submission);
    if (answer.kind !== 'opened') throw new Error('the plan moved');
    await runAttempts(answer.attempts);
    return { attempt: await onlyAttempt(actor, correlationId), correlationId, vendorId };
  };
  if (twice) expect((await submit(false)).attempt.state).toBe('succeeded');
  simulator.control.setFault({ ending, lagMs, path: `${vendorId}/services` });
  const unknown = await submit(twice);
  expect(unknown.attempt.state).toBe('unknown');
  return unknown;
}

/** Does the look-up that is due so long after the attempt became unknown; the vendor's clock shows the same moment. */
async function lookUpAfter(delayMs: number, { attempt }: Unknown) {
  const at = new Date(Date.parse(attempt.closedAt ?? '') + delayMs);
  simulator.control.setClock(at.getTime());
  return lookUpAttempt(attempt.attemptId, { at });
}
async function lookUpAll(unknown: Unknown) {
  const answers = [];
  for (const delayMs of lookUpDelaysMs) answers.push(await lookUpAfter(delayMs, unknown));
  return answers;
}
const now = ({ correlationId }: Unknown, actor = operator) => onlyAttempt(actor, correlationId);
const adds = ({ vendorId }: Unknown) =>
  simulator.control.log().filter((one) => one.path.endsWith(`/customers/${vendorId}/services`));

describe('the schedule looks for a service', () => {
  test.each([
    { what: 'added, the answer lost', ending: 'error-after', there: [0, 1, 1, 1, 1], before: 0 },
    { what: 'never added', ending: 'error-before', there: [0, 0, 0, 0, 0], before: 0 },
    { what: 'added, shown after a minute', ending: 'error-after', lagMs: 60_000, there: [0, 0, 0, 1, 1], before: 0 },
    { what: 'shown never', ending: 'error-after', lagMs: 86_400_000, there: [0, 0, 0, 0, 0], before: 0 },
  ] as const)('$what: what is seen is kept, and settles nothing', async ({ ending, there, before, ...rest }) => {
    const unknown = await unknownService(ending, rest);
    expect(unknown.attempt).toMatchObject({ lookUps: { done: 0, byKey: false, seen: null } });
    for (const [index, delayMs] of lookUpDelaysMs.entries()) {
      expect(await lookUpAfter(delayMs - 1, unknown)).toBeNull();
      expect(await lookUpAfter(delayMs, unknown)).toBe('seen');
      const { state, lookUps } = await now(unknown);
      expect(state).toBe('unknown');
      expect(lookUps).toMatchObject({ done: index + 1, lastAnswer: 'seen', seen: { before } });
      expect(lookUps?.seen?.there).toHaveLength(there[index + 1] ?? -1);
      expect(lookUps?.nextAt === null).toBe(index === lookUpDelaysMs.length - 1);
    }
    // After the last one a person decides, and may.
    expect(await now(unknown, admin)).toMatchObject({ nextStep: 'check', may: { check: true, settleByHand: true } });
    expect(await lookUpAfter(86_400_000, unknown)).toBeNull();
    expect(adds(unknown)).toHaveLength(1);
  });

  test('one that was there before is told from none, with what the vendor says of it', async () => {
    const unknown = await unknownService('error-before', { twice: true });
    expect(await lookUpAfter(5_000, unknown)).toBe('seen');
    const { lookUps } = await now(unknown);
    expect(lookUps?.seen).toMatchObject({ before: 1, there: [{ model: 'Trial', storage: 'Amazon S3' }] });
  });

  test('the sweep finds it due, like any other', async () => {
    const unknown = await unknownService('error-before');
    const at = new Date(Date.parse(unknown.attempt.closedAt ?? '') + 5_000);
    const due = await dueLookUps(at);
    expect(due.map(({ attemptId }) => attemptId)).toContain(unknown.attempt.attemptId);
  });

  test('a vendor that cannot be read is said, and looked at again', async () => {
    const unknown = await unknownService('error-after');
    simulator.control.setFault({ ending: 'forbidden', path: '/services/batch' });
    expect(await lookUpAfter(5_000, unknown)).toBe('failed');
    expect(await now(unknown)).toMatchObject({ lookUps: { lastAnswer: 'failed', seen: null } });
    simulator.control.reset();
    expect(await lookUpAfter(30_000, unknown)).toBe('seen');
  });

  test('a refused sign-in is not repeated: the connection is broken from then on', async () => {
    const connectionId = await connection();
    const unknown = await unknownService('error-after', { connectionId });
    await closeVendors();
    simulator.control.setFault({ ending: 'unauthorized', path: 'token', times: null });
    expect(await lookUpAfter(5_000, unknown)).toBe('failed');
    expect(await lookUpAfter(30_000, unknown)).toBe('skipped');
    const row = await asSystem('seed', (tx) => tx.connection.findUniqueOrThrow({ where: { id: connectionId } }));
    expect(row.brokenAt).not.toBeNull();
  });

  test('a person may settle in between, and nothing is looked up any more', async () => {
    const unknown = await unknownService('error-after');
    expect(await lookUpAfter(5_000, unknown)).toBe('seen');
    const { attemptId } = unknown.attempt;
    await settleByHand(admin, { attemptId, state: 'succeeded', vendorId: null, note: 'Seen in the portal.' });
    expect(await lookUpAfter(30_000, unknown)).toBeNull();
  });

  test('what travelled over a shared connection stays with its owner; what the own customer has does not', async () => {
    const unknown = await unknownService('error-after', { actor: harborOperator });
    expect(await lookUpAll(unknown)).toEqual(['seen', 'seen', 'seen', 'seen']);
    const below = await now(unknown, harborOperator);
    expect(below.lookUps).toMatchObject({ candidates: null, seen: { before: 0, there: [{ model: 'Trial' }] } });
    expect(below.exchanges.every((one) => one.content === null)).toBe(true);
  });
});
