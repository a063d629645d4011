import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '@/lib/db/as-system';
import { forgetEnv } from '@/lib/env';
import { testDatabase } from '@/lib/testing/database';
import { addCockpit } from '@/lib/testing/world';
import { loadVendorConnection } from './load-vendor-connection';
import { rotateSecrets } from './rotate-secrets';
import { makeTree } from './tree-fixture';

await testDatabase();
const key = (version: number) => `${version}:${randomBytes(32).toString('base64')}`;
const [one, two] = [key(1), key(2)];
let ids: readonly string[] = [];

function useKeys(...keys: string[]) {
  process.env.QUAYSIDE_SECRET_KEYS = keys.join(',');
  forgetEnv();
}

beforeAll(async () => {
  useKeys(one);
  const tree = await makeTree();
  const made: string[] = [];
  for (let at = 0; at < 450; at += 1) {
    const clientSecret = `secret ${at}`;
    made.push(
      await addCockpit({ ownerPartnerId: tree.csp, baseUrl: 'http://127.0.0.1:9', tokenUrl: '', clientSecret }),
    );
  }
  ids = made;
});

const versions = () =>
  asSystem('seed', async (tx) => {
    const rows = await tx.connectionSecret.groupBy({
      by: ['keyVersion'],
      _count: true,
      orderBy: { keyVersion: 'asc' },
    });
    return rows.map(({ keyVersion, _count }) => [keyVersion, _count]);
  });

test('S13 every secret is sealed anew while it is read, and stays what it is', async () => {
  useKeys(two, one);
  let running = true;
  const reading = (async () => {
    let reads = 0;
    while (running) {
      const at = reads % ids.length;
      expect((await loadVendorConnection(ids[at] ?? '')).secrets.clientSecret).toBe(`secret ${at}`);
      reads += 7;
    }
    return reads;
  })();
  expect(await rotateSecrets()).toEqual({ rotated: 450, unreadable: [] });
  running = false;
  expect(await reading).toBeGreaterThan(0);
  expect(await versions()).toEqual([[2, 450]]);
  expect(await rotateSecrets()).toEqual({ rotated: 0, unreadable: [] });
});

test('S13 the old key is not needed any more, and a secret whose key is gone is named', async () => {
  useKeys(two);
  expect((await loadVendorConnection(ids[449] ?? '')).secrets.clientSecret).toBe('secret 449');
  useKeys(key(3));
  const { rotated, unreadable } = await rotateSecrets();
  expect([rotated, unreadable.length]).toEqual([0, 450]);
  await expect(loadVendorConnection(ids[0] ?? '')).rejects.toThrow('cannot be opened with the keys');
});
