import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { closeDatabases } from '@/lib/db/client';
import { startOwned } from '@/lib/process/owned';
import { testDatabase } from '@/lib/testing/database';
import { onboardedAttempt, onlyAttempt } from '@/lib/testing/engine';
import { cockpitSubmission } from '@/lib/testing/submissions';
import { addActor, addCockpit, addTree } from '@/lib/testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '@/lib/vendors/cloud-cockpit/simulator';
import { closeVendors } from '@/lib/vendors/registry';

const database = await testDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-worker-'));
const logFile = path.join(folder, 'worker.log');
const start = (env: Record<string, string> = {}) =>
  startOwned({ file: 'lib/commands/worker.ts', logFile, reports: true, env: { LOG_LEVEL: 'info', ...env } });
let simulator: CloudCockpitSimulator;
let operator: Actor;
let cockpit: string;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  const { csp } = await addTree();
  operator = await addActor({ partnerId: csp, role: 'operator' });
  cockpit = await addCockpit({ ownerPartnerId: csp, baseUrl: simulator.url, tokenUrl: simulator.tokenUrl });
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closeVendors();
  await simulator.stop();
  await closeDatabases();
  await database.drop();
});

test('npm run worker settles by itself, and ends in order when it is asked to', async () => {
  const submission = cockpitSubmission({ partnerId: operator.partnerId, connectionId: cockpit });
  simulator.control.setFault({ ending: 'reset-after', method: 'POST', path: '/v1/customers' });
  expect(await onboardedAttempt(operator, submission)).toMatchObject({ state: 'unknown' });
  const worker = start();
  expect(await worker.report).toBe('at work');
  await vi.waitFor(
    async () => expect(await onlyAttempt(operator, submission.correlationId)).toMatchObject({ state: 'succeeded' }),
    { timeout: 25_000, interval: 200 },
  );
  await worker.stop();
  expect(await worker.exited).toBe(0);
  const said = readFileSync(logFile, 'utf8');
  expect(said).not.toMatch(/"level":"(warn|error|fatal)"/);
  // What it did is told by ids and codes alone.
  expect(said).toContain('looked an attempt up');
  expect(said).not.toContain(submission.facts.name);
});

test('it refuses what npm start refuses, with the whole list', async () => {
  const worker = start({ NEXTAUTH_SECRET: 'short', QUAYSIDE_SANDBOX: '' });
  expect(await worker.report).toBeUndefined();
  expect(await worker.exited).toBe(1);
  const said = readFileSync(logFile, 'utf8');
  expect(said).toContain('The worker does not start:');
  expect(said).toContain('NEXTAUTH_SECRET must have at least 32 characters.');
  expect(said).toContain('NEXTAUTH_URL must start with https://');
});
