import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPartners } from '@/prisma/seed';
import type { Actor } from '../auth/actor';
import { closeDatabases } from '../db/client';
import { Conflict, Forbidden, NotFound } from '../errors';
import { testDatabase } from '../testing/database';
import { onboardedAttempt, onlyAttempt } from '../testing/engine';
import { type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { ownWord } from '../testing/submissions';
import { addActor } from '../testing/world';
import { closeVendors } from '../vendors/registry';
import { type RunningSimulators, startSimulators } from '../vendors/simulators';
import { openAdoption } from './adopt';
import { listAdoptionCandidates } from './adoption-candidates';
import { runAttempts } from './run-attempts';
import type { Submission } from './submission';

const database = await testDatabase();
const [, ridge, harbor] = demoPartners;
/** A customer that AvePoint had before anybody here typed it. */
const tea = { name: 'Glasgow Tea Rooms', country: 'GB', vendorId: '3c7a52d4-91be-4f60-8d2e-000000000003' };
let simulators: RunningSimulators;
let four: FourVendors;
let admin: Actor;
let harborAdmin: Actor;

beforeAll(async () => {
  simulators = await startSimulators();
  four = await setUpFourVendors(simulators, { timeoutMs: 5_000 });
  admin = await addActor({ partnerId: ridge.id, role: 'admin' });
  harborAdmin = await addActor({ partnerId: harbor.id, role: 'admin' });
});

afterAll(async () => {
  await closeVendors();
  await simulators.stop();
  await closeDatabases();
  await database.drop();
});

/** What stands in a create and in no look-up. */
const inCreate = { 'cloud-cockpit': 'companyName', avepoint: 'organizationName' } as const;
type Asked = keyof typeof inCreate;

function formAt(vendor: Asked, partnerId: string, facts: { readonly name: string; readonly country?: string }) {
  const whole = four.submission(facts.name);
  const submission: Submission = {
    ...whole,
    partnerId,
    facts: { ...whole.facts, name: facts.name, country: facts.country ?? 'PT' },
    vendors: whole.vendors
      .filter(({ connectionId }) => connectionId === four.connections[vendor])
      .map((one) => ({ ...one, decision: { kind: 'create-anyway' } })),
  };
  return submission;
}

/** An attempt that the vendor refused with "already exists". */
async function refusedAt(vendor: Asked, actor: Actor, facts: { readonly name: string; readonly country?: string }) {
  await four.control(vendor, 'faults', [{ ending: 'conflict', method: 'POST', body: inCreate[vendor] }]);
  const submission = formAt(vendor, actor.partnerId, facts);
  const attempt = await onboardedAttempt(actor, submission);
  expect(attempt).toMatchObject({ state: 'refused', nextStep: 'adopt' });
  return { ...submission, attemptId: attempt.attemptId };
}

describe('what a refusal “already exists” may speak of', () => {
  test('is read at the vendor and shown with what matches; the one picked is adopted', async () => {
    const { attemptId, correlationId } = await refusedAt('avepoint', admin, tea);
    const { found, elsewhere, problem } = await listAdoptionCandidates(admin, attemptId);
    expect({ elsewhere, problem }).toEqual({ elsewhere: false, problem: null });
    expect(found).toEqual([
      {
        vendorId: tea.vendorId,
        name: tea.name,
        country: 'GB',
        email: 'admin@glasgow.example',
        match: 'name',
        linkedTo: null,
      },
    ]);
    await runAttempts([await openAdoption(admin, attemptId, tea.vendorId)]);
    expect(await onlyAttempt(admin, correlationId)).toMatchObject({ state: 'succeeded', vendorId: tea.vendorId });
    await expect(listAdoptionCandidates(admin, attemptId)).rejects.toBeInstanceOf(Conflict);

    const again = await refusedAt('avepoint', admin, tea);
    expect((await listAdoptionCandidates(admin, again.attemptId)).found).toMatchObject([{ linkedTo: tea.name }]);
  });

  test('is for those who may adopt, in their branch, and changes nothing', async () => {
    const { attemptId, correlationId } = await refusedAt('cloud-cockpit', admin, { name: `Zeus ${ownWord()}` });
    const before = await onlyAttempt(admin, correlationId);
    const viewer = await addActor({ partnerId: ridge.id, role: 'viewer' });
    await expect(listAdoptionCandidates(viewer, attemptId)).rejects.toBeInstanceOf(Forbidden);
    await expect(listAdoptionCandidates(harborAdmin, attemptId)).rejects.toBeInstanceOf(NotFound);
    await expect(listAdoptionCandidates(admin, uuidv7())).rejects.toBeInstanceOf(NotFound);
    expect((await listAdoptionCandidates(admin, attemptId)).found).toEqual([]);
    expect(await onlyAttempt(admin, correlationId)).toEqual(before);
  });

  test('says why nothing can be shown when the vendor cannot be read', async () => {
    const { attemptId } = await refusedAt('cloud-cockpit', admin, { name: `Zeus ${ownWord()}` });
    await four.control('cloud-cockpit', 'faults', [{ ending: 'forbidden', method: 'GET', path: '/v1/customers' }]);
    const { found, problem } = await listAdoptionCandidates(admin, attemptId);
    expect(found).toEqual([]);
    expect(problem).toMatchObject({ kind: 'forbidden' });
  });
});

describe('through a shared connection', () => {
  test.each(['cloud-cockpit', 'avepoint'] as const)(
    'a partner below learns of others at %s only that there is something, and whom to ask',
    async (vendor) => {
      const name = `Zeus ${ownWord()}`;
      const { attemptId } = await refusedAt(vendor, harborAdmin, { name });
      await onboardedAttempt(admin, formAt(vendor, ridge.id, { name }));
      const [theirs] = await four.customersAt(vendor, name);
      const answer = await listAdoptionCandidates(harborAdmin, attemptId);
      expect(answer).toMatchObject({ found: [], elsewhere: true });
      expect(JSON.stringify(answer)).not.toContain(theirs?.id ?? 'nobody');
    },
  );

  test('where the vendor knows no mapping, a partner below cannot adopt by typing an id that it was told', async () => {
    const { attemptId, correlationId } = await refusedAt('avepoint', harborAdmin, { name: `Zeus ${ownWord()}` });
    const unlinked = '3c7a52d4-91be-4f60-8d2e-000000000002';
    const refusal = (vendorId: string) =>
      openAdoption(harborAdmin, attemptId, vendorId).then(
        () => 'opened',
        (error: unknown) => String(error),
      );
    expect(await refusal(unlinked)).toMatch(/No customer with this id can be seen/);
    expect(await refusal(unlinked)).toBe(await refusal('3c7a52d4-91be-4f60-8d2e-999999999999'));
    // Somebody of the owning partner can.
    await runAttempts([await openAdoption(admin, attemptId, unlinked)]);
    expect(await onlyAttempt(harborAdmin, correlationId)).toMatchObject({ state: 'succeeded', vendorId: unlinked });
  });
});
