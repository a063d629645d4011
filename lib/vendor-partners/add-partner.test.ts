import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { emptyCustomerFacts } from '../customers/customer-facts';
import { closeDatabases } from '../db/client';
import { runAttempts } from '../onboarding/run-attempts';
import { testDatabase } from '../testing/database';
import { onlyAttempt } from '../testing/engine';
import { addActor, addCove, addMapping, addTree } from '../testing/world';
import { type CoveSimulator, startCoveSimulator } from '../vendors/cove/simulator';
import { closeVendors } from '../vendors/registry';
import { addVendorPartner } from './add-partner';
import type { PartnerSubmission } from './partner-submission';
import { planPartner } from './plan-partner';

const database = await testDatabase();
let simulator: CoveSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let admin: Actor;
let cove: string;

const harborAtCove = '50210';

beforeAll(async () => {
  simulator = await startCoveSimulator();
  tree = await addTree();
  admin = await addActor({ partnerId: tree.csp, role: 'admin' });
  cove = await addCove({ ownerPartnerId: tree.csp, baseUrl: simulator.baseUrl, timeoutMs: 1_000 });
  await addMapping({ connectionId: cove, partnerId: tree.harbor, externalId: harborAtCove });
});
afterEach(() => simulator.control.reset());
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

const submissionFor = (rest: Partial<PartnerSubmission> = {}, name = `Nova ${uuidv7()}`): PartnerSubmission => ({
  correlationId: uuidv7(),
  connectionId: cove,
  partnerId: tree.csp,
  parentId: '50300',
  facts: { ...emptyCustomerFacts, name, country: 'PT' },
  input: { level: 'Reseller' },
  mapTo: null,
  anyway: false,
  retryOf: null,
  ...rest,
});

async function submitted(actor: Actor, submission: PartnerSubmission) {
  const { planHash } = await planPartner(actor, submission);
  const answer = await addVendorPartner(actor, planHash, submission);
  if (answer.kind !== 'opened') throw new Error('the plan moved');
  await runAttempts(answer.attempts);
  return onlyAttempt(actor, submission.correlationId);
}

describe('adding a partner at Cove', () => {
  test('planned, sent once, succeeded; the record names it', async () => {
    const submission = submissionFor();
    const plan = await planPartner(admin, submission);
    expect(plan).toMatchObject({
      verdict: 'create',
      reason: 'new-partner',
      parent: { name: 'Tagus Distribution', level: 'SubDistributor' },
      request: { body: { params: { partnerInfo: { ParentId: 50300, Level: 'Reseller' } } } },
    });
    const attempt = await submitted(admin, submission);
    expect(attempt).toMatchObject({
      operation: 'add-partner',
      state: 'succeeded',
      partner: { name: submission.facts.name, parent: { vendorId: '50300' }, mapTo: null },
    });
    expect(simulator.control.customers()).toMatchObject([
      { parentId: 50300, name: submission.facts.name, level: 'Reseller', externalCode: submission.correlationId },
    ]);
  });

  test('a partner of ours chosen with it is mapped in the same commit', async () => {
    const attempt = await submitted(admin, submissionFor({ mapTo: tree.pine }));
    expect(attempt).toMatchObject({ state: 'succeeded', partner: { mapTo: { standing: 'mapped' } } });
  });
});
