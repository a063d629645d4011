import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { Forbidden, NotFound } from '../errors';
import { testDatabase } from '../testing/database';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { type CoveSimulator, startCoveSimulator } from '../vendors/cove/simulator';
import { closeVendors } from '../vendors/registry';
import { createConnection } from './create-connection';
import { editConnection } from './edit-connection';
import { listMappings } from './list-mappings';
import { readNames } from './read-names';
import { setMapping } from './set-mapping';
import { testConnection } from './test-connection';
import { makeTree, type TestTree } from './tree-fixture';
import { listUsableConnections } from './usable-connections';

await testDatabase();
let tree: TestTree;
let cockpit: CloudCockpitSimulator;
let coveThere: CoveSimulator;
let admin: Actor;
let atCockpit: string;
let atCove: string;
const unknown = '00000000-0000-4000-8000-000000000000';
const harbor = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';

beforeAll(async () => {
  [cockpit, coveThere] = await Promise.all([startCloudCockpitSimulator(), startCoveSimulator()]);
  tree = await makeTree();
  admin = await tree.actor('csp', 'admin');
  const common = { partnerId: tree.csp, shared: true, sandbox: true, requestsPerSecond: null, timeoutMs: 5000 };
  const made = await createConnection(admin, {
    ...common,
    ...{ vendor: 'cloud-cockpit', name: 'Cockpit', baseUrl: cockpit.url, tokenUrl: cockpit.tokenUrl },
    settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo', scope: '' },
    secrets: { clientSecret: 'demo-secret-cloud-cockpit' },
  });
  atCockpit = made.connectionId;
  const cove = await createConnection(admin, {
    ...common,
    ...{ vendor: 'cove', name: 'Cove', baseUrl: coveThere.url, tokenUrl: '' },
    settings: { partner: 'Ridge IT', username: 'quayside-demo' },
    secrets: { password: 'demo-secret-cove' },
  });
  atCove = cove.connectionId;
});
afterAll(async () => {
  await closeVendors();
  await Promise.all([cockpit.stop(), coveThere.stop()]);
  await closeDatabases();
});

/** A mapping as the connections file sets it: an id alone. */
async function declare(connectionId: string, partnerId: string, externalId: string): Promise<void> {
  await setMapping(admin, { connectionId, partnerId, externalId, externalName: '', version: null });
}
const rowsOf = async (connectionId: string) =>
  (await listMappings(admin, connectionId)).rows.map(({ externalId, externalName, nameRead }) => ({
    ...{ externalId, externalName, nameRead },
  }));

describe('the name of a declared mapping', () => {
  test('is read at the vendor, once, and kept; an id that the vendor does not know is known as that', async () => {
    await declare(atCockpit, tree.reseller, harbor);
    await declare(atCockpit, tree.sibling, unknown);
    expect((await rowsOf(atCockpit)).map((row) => row.nameRead)).toEqual([false, false]);
    expect(await readNames(admin, atCockpit)).toEqual({ read: 2 });
    expect(await rowsOf(atCockpit)).toEqual([
      { externalId: unknown, externalName: '', nameRead: true },
      { externalId: harbor, externalName: 'Harbor Cloud', nameRead: true },
    ]);
    expect(await readNames(admin, atCockpit)).toEqual({ read: 0 });
    const usable = await listUsableConnections(await tree.actor('reseller', 'operator'), tree.reseller);
    expect(usable.find((one) => one.connectionId === atCockpit)?.mappingName).toBe('Harbor Cloud');
  });

  test('is read by a test of the connection too, at Cove with the connection’s own partner', async () => {
    await declare(atCove, tree.reseller, '50210');
    expect((await testConnection(admin, atCove)).ok).toBe(true);
    expect(await rowsOf(atCove)).toEqual([{ externalId: '50210', externalName: 'Harbor Cloud', nameRead: true }]);
    const own = async (actor: Actor, partnerId: string) =>
      (await listUsableConnections(actor, partnerId)).find((one) => one.connectionId === atCove)?.own;
    expect(await own(admin, tree.csp)).toMatchObject({ id: expect.stringMatching(/^\d+$/), name: 'Ridge IT' });
    // A partner below works through its mapping and learns nothing of the owner's.
    expect(await own(await tree.actor('reseller', 'operator'), tree.reseller)).toBeNull();
  });

  test('does not fail a test of the connection when the vendor does not say it', async () => {
    await asSystem('seed', (tx) =>
      tx.mapping.updateMany({ where: { connectionId: atCockpit }, data: { externalName: '', nameReadAt: null } }),
    );
    cockpit.control.setFault(
      ...[harbor, unknown].map((id) => ({ ending: 'html' as const, path: `/v1/Resellers/${id}`, times: 9 })),
    );
    try {
      expect((await testConnection(admin, atCockpit)).ok).toBe(true);
      expect(await readNames(admin, atCockpit)).toEqual({ read: 0 });
      expect((await rowsOf(atCockpit)).every((row) => !row.nameRead)).toBe(true);
    } finally {
      cockpit.control.clearFaults();
    }
  });

  test('is read by the owner’s side alone', async () => {
    await expect(readNames(await tree.actor('reseller', 'admin'), atCove)).rejects.toThrow(NotFound);
    await expect(readNames(await tree.actor('csp', 'viewer'), atCove)).rejects.toThrow(Forbidden);
    await expect(readNames(await tree.actor('otherCsp', 'admin'), atCove)).rejects.toThrow(NotFound);
  });

  test('of the connection itself is forgotten with the credentials it was read by', async () => {
    await editConnection(admin, {
      ...{ connectionId: atCove, version: 1, name: 'Cove', shared: true, sandbox: true, timeoutMs: 5000 },
      ...{ baseUrl: coveThere.url, tokenUrl: '', requestsPerSecond: null },
      settings: { partner: 'Ridge IT', username: 'another' },
      secrets: { password: 'demo-secret-cove' },
    });
    const usable = await listUsableConnections(admin, tree.csp);
    expect(usable.find((one) => one.connectionId === atCove)?.own).toBeNull();
  });
});
