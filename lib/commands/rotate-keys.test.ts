import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '@/lib/db/as-system';
import { closeDatabases } from '@/lib/db/client';
import { forgetEnv } from '@/lib/env';
import { startOwned } from '@/lib/process/owned';
import { testDatabase } from '@/lib/testing/database';
import { addCockpit, addTree } from '@/lib/testing/world';

const database = await testDatabase();
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-keys-'));
const key = (version: number) => `${version}:${randomBytes(32).toString('base64')}`;
const [one, two, three] = [key(1), key(2), key(3)];

function useKeys(...keys: string[]) {
  process.env.QUAYSIDE_SECRET_KEYS = keys.join(',');
  forgetEnv();
}

beforeAll(async () => {
  useKeys(one);
  const { csp } = await addTree();
  await addCockpit({ ownerPartnerId: csp, baseUrl: 'http://127.0.0.1:9', tokenUrl: '', clientSecret: 'kept as it is' });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closeDatabases();
  await database.drop();
});

async function rotate(...keys: string[]): Promise<{ code: number | null; said: string }> {
  const logFile = path.join(folder, `${keys.length}-${randomBytes(3).toString('hex')}.log`);
  const command = startOwned({
    file: 'lib/commands/rotate-keys.ts',
    logFile,
    env: { QUAYSIDE_SECRET_KEYS: keys.join(',') },
  });
  return { code: await command.exited, said: readFileSync(logFile, 'utf8') };
}
const versions = () =>
  asSystem('seed', async (tx) => (await tx.connectionSecret.findMany()).map((secret) => secret.keyVersion));

test('npm run rotate-keys seals with the newest key, and says when the older ones may go', async () => {
  const first = await rotate(two, one);
  expect(first).toMatchObject({ code: 0 });
  expect(first.said).toContain('1 secret was sealed anew with key 2.');
  expect(first.said).toContain('The older keys are not needed any more');
  expect(await versions()).toEqual([2]);
  const again = await rotate(two);
  expect(again).toMatchObject({ code: 0 });
  expect(again.said).toContain('No secret of a connection had to be sealed anew with key 2.');
  expect(again.said).not.toContain('kept as it is');
});

test('a secret that no key opens is named, and the command fails', async () => {
  const { code, said } = await rotate(three);
  expect(code).toBe(1);
  expect(said).toMatch(/No configured key opens a secret of .+: type it again/);
  expect(said).not.toContain('not needed any more');
  expect(await versions()).toEqual([2]);
});
