import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { testDatabase } from '../testing/database';
import { onboardedAttempt } from '../testing/engine';
import { trialOf } from '../testing/services';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addAvepoint, addCockpit, addTree } from '../testing/world';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';
import { lookUpAttempt } from './look-up-attempt';
import { checkAttempt } from './settle';

/**
 * What waits for a customer that a look-up settles. The vendor with services carries no key of ours, so that no look-up
 * settles anything there: the service of this test waits for a customer at another vendor, which its mark then refuses.
 */

const database = await testDatabase();
let simulator: CloudCockpitSimulator;
let services: AvepointSimulator;
let operator: Actor;
let cockpit: string;
let avepoint: string;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  const tree = await addTree();
  operator = await addActor({ partnerId: tree.csp, role: 'operator' });
  services = await startAvepointSimulator();
  const at = ({ url, tokenUrl }: { url: string; tokenUrl: string }) => ({
    ownerPartnerId: tree.csp,
    baseUrl: url,
    tokenUrl,
  });
  cockpit = await addCockpit(at(simulator));
  avepoint = await addAvepoint(at(services));
});
afterAll(async () => {
  await closeVendors();
  await simulator.stop();
  await services.stop();
  await closeDatabases();
  await database.drop();
});

/** An unknown customer that is at the vendor under our key, and a service that waits for it. */
async function waiting() {
  const submission = cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
  simulator.control.setFault({
    ending: 'reset-after',
    method: 'POST',
    path: '/v1/customers',
    header: { name: 'x-correlation-id', contains: submission.correlationId },
  });
  const customer = await onboardedAttempt(operator, submission);
  const id = uuidv7();
  const input = {
    vendorCustomerId: null,
    product: 'workspace-management',
    name: 'Workspace Management',
    service: trialOf('workspace-management'),
    before: 0,
  };
  await withClient(database.superUrl, async (client) => {
    // As if it had been opened with the customer: what an attempt was is never changed otherwise.
    await client.query('set session_replication_role = replica');
    await client.query('update attempt set awaited = true where id = $1', [customer.attemptId]);
    await client.query(
      `insert into attempt (id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
        connection_version, vendor, operation, subject, state, waits_for, release_ms, deadline, actor_id, actor_name,
        actor_role, actor_partner, payload_hash)
      select $1, correlation_id, partner_id, customer_id, $2, owner_partner_id, '', 1, 'avepoint', 'add-service',
        id || '|workspace-management', 'waiting', id, 10000, '9999-12-31', actor_id, actor_name, actor_role, actor_partner, ''
      from attempt where id = $3`,
      [id, avepoint, customer.attemptId],
    );
    await client.query(
      `insert into attempt_content (attempt_id, partner_id, facts, input, request)
      select $1, partner_id, facts, $2::jsonb, '{}' from attempt_content where attempt_id = $3`,
      [id, JSON.stringify(input), customer.attemptId],
    );
  });
  return { id, customer };
}
const rowOf = (id: string) => asSystem('seed', (tx) => tx.attempt.findUniqueOrThrow({ where: { id } }));

test('the look-up that settles it releases the service in its commit, and the process that looked runs it', async () => {
  const { id, customer } = await waiting();
  expect(customer.state).toBe('unknown');
  expect(await lookUpAttempt(customer.attemptId, { at: new Date(Date.now() + 60_000) })).toBe('found');
  const { vendorId } = await rowOf(customer.attemptId);
  expect(await rowOf(id)).toMatchObject({
    subject: `${vendorId}|workspace-management`,
    releasedAt: expect.any(Date),
    state: 'refused',
    outcome: { message: 'not-sent.customer' },
  });
});

test('a person’s look releases it as well', async () => {
  const { id, customer } = await waiting();
  expect(await checkAttempt(operator, customer.attemptId)).toEqual({ kind: 'settled', state: 'succeeded' });
  expect(await rowOf(id)).toMatchObject({ state: 'pending', releasedAt: expect.any(Date) });
});
