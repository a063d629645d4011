import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { asActor } from '@/lib/db/as-actor';
import { Conflict, Forbidden, NotFound, Stale } from '@/lib/errors';
import { testDatabase } from '@/lib/testing/database';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '@/lib/vendors/cloud-cockpit/simulator';
import { VendorError } from '@/lib/vendors/http/vendor-error';
import { closeVendors } from '@/lib/vendors/registry';
import { createConnection } from './create-connection';
import { getConnection } from './get-connection';
import { listMappings } from './list-mappings';
import { lookUp } from './look-up';
import { listOwnerChoices, listUnmappedPartners } from './partner-choices';
import { removeMapping } from './remove-mapping';
import { setMapping } from './set-mapping';
import { makeTree, type TestTree } from './tree-fixture';
import { listUsableConnections } from './usable-connections';

await testDatabase();
let tree: TestTree;
let simulator: CloudCockpitSimulator;
let admin: Actor;
let resellerOperator: Actor;
let connectionId: string;
const harbor = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  tree = await makeTree();
  admin = await tree.actor('csp', 'admin');
  resellerOperator = await tree.actor('reseller', 'operator');
  const made = await createConnection(admin, {
    partnerId: tree.csp,
    vendor: 'cloud-cockpit',
    name: 'Shared cockpit',
    shared: true,
    sandbox: true,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo', scope: '' },
    secrets: { clientSecret: 'demo-secret-cloud-cockpit' },
    requestsPerSecond: null,
    timeoutMs: 5000,
  });
  connectionId = made.connectionId;
});

afterAll(async () => {
  await closeVendors();
  await simulator.stop();
});

const mapping = (changes: Partial<Parameters<typeof setMapping>[1]> = {}) => ({
  connectionId,
  partnerId: tree.reseller,
  externalId: harbor,
  externalName: 'Harbor Cloud',
  version: null,
  ...changes,
});

async function usableBy(partnerId: string, actor: Actor = admin) {
  return (await listUsableConnections(actor, partnerId)).find((one) => one.connectionId === connectionId);
}

describe('before a mapping', () => {
  test('a partner below cannot use the shared connection and is told why; the owner can', async () => {
    expect(await usableBy(tree.reseller)).toMatchObject({
      unusable: 'mapping-missing',
      needsMapping: true,
      ownerName: 'Ridge IT',
    });
    expect(await usableBy(tree.csp)).toMatchObject({ unusable: null, needsMapping: false, mappingId: null });
  });

  test('a partner below sees no resellers and reads nothing through the connection', async () => {
    const before = simulator.control.log().length;
    expect((await lookUp(resellerOperator, { connectionId, name: 'resellers', search: '' })).options).toEqual([]);
    await expect(lookUp(resellerOperator, { connectionId, name: 'provider-instances', search: '' })).rejects.toThrow(
      'no mapping at this connection',
    );
    expect(simulator.control.log()).toHaveLength(before);
  });
});

describe('mappings', () => {
  test('are set by an admin of the owner alone', async () => {
    await expect(setMapping(await tree.actor('csp', 'operator'), mapping())).rejects.toThrow(Forbidden);
    await expect(setMapping(await tree.actor('reseller', 'admin'), mapping())).rejects.toThrow(NotFound);
    await expect(setMapping(await tree.actor('otherCsp', 'admin'), mapping())).rejects.toThrow(NotFound);
  });

  test('are for partners strictly below the owner', async () => {
    await expect(setMapping(admin, mapping({ partnerId: tree.csp }))).rejects.toThrow(Conflict);
    await expect(setMapping(admin, mapping({ partnerId: tree.otherCsp }))).rejects.toThrow(NotFound);
    const host = await tree.actor('host', 'admin');
    await expect(setMapping(host, mapping({ partnerId: tree.otherCsp }))).rejects.toThrow('below the owner');
  });

  test('open the connection to the partner, once per partner and once per id', async () => {
    await setMapping(admin, mapping());
    expect(await usableBy(tree.reseller, resellerOperator)).toMatchObject({
      unusable: null,
      mappingId: harbor,
      mappingName: 'Harbor Cloud',
      ownerName: 'Ridge IT',
    });
    await expect(setMapping(admin, mapping())).rejects.toThrow(Stale);
    await expect(setMapping(admin, mapping({ partnerId: tree.sibling }))).rejects.toThrow(
      'Dune Computers has this mapping already.',
    );
    expect((await listUnmappedPartners(admin, connectionId)).map(({ name }) => name)).toEqual(['Moor Systems']);
  });

  test('a partner below cannot set or remove its own, even by a direct query', async () => {
    const resellerAdmin = await tree.actor('reseller', 'admin');
    await asActor(resellerAdmin, async (tx) => {
      expect((await tx.mapping.updateMany({ where: { connectionId }, data: { externalId: 'mine' } })).count).toBe(0);
      expect((await tx.mapping.deleteMany({ where: { connectionId } })).count).toBe(0);
    });
    const [row] = (await listMappings(resellerAdmin, connectionId)).rows;
    await expect(removeMapping(resellerAdmin, { mappingId: row?.mappingId ?? '', version: 1 })).rejects.toThrow(
      NotFound,
    );
  });

  test('are changed and removed by version', async () => {
    const other = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a02';
    await setMapping(admin, mapping({ externalId: other, externalName: 'Pine Systems', version: 1 }));
    await expect(setMapping(admin, mapping({ version: 1 }))).rejects.toThrow(Stale);
    await setMapping(admin, mapping({ version: 2 }));
    const [row] = (await listMappings(admin, connectionId)).rows;
    expect(row).toMatchObject({ partnerName: 'Dune Computers', externalId: harbor, version: 3 });
    await expect(removeMapping(admin, { mappingId: row?.mappingId ?? '', version: 1 })).rejects.toThrow(Stale);
    await removeMapping(admin, { mappingId: row?.mappingId ?? '', version: 3 });
    expect(await usableBy(tree.reseller)).toMatchObject({ unusable: 'mapping-missing' });
    await setMapping(admin, mapping());
  });

  test('another branch sees none of them', async () => {
    const stranger = await tree.actor('otherCsp', 'admin');
    expect((await listMappings(stranger, connectionId)).rows).toEqual([]);
    const sibling = await tree.actor('sibling', 'operator');
    expect((await listMappings(sibling, connectionId)).rows).toEqual([]);
  });
});

describe('look-ups: a shared connection is no window', () => {
  test('the owner sees every reseller, and which partner each is mapped to', async () => {
    const { options, readAt } = await lookUp(admin, { connectionId, name: 'resellers', search: '' });
    expect(options.length).toBeGreaterThan(10);
    expect(options.find(({ value }) => value === harbor)?.data).toEqual({ mappedTo: 'Dune Computers' });
    expect(Date.parse(readAt)).toBeLessThanOrEqual(Date.now());
    const found = await lookUp(admin, { connectionId, name: 'resellers', search: 'Pine' });
    expect(found.options.map(({ label }) => label)).toEqual(['Pine Systems']);
  });

  test('a mapped partner sees its own mapping alone, and provider instances', async () => {
    const before = simulator.control.log().length;
    const { options } = await lookUp(resellerOperator, { connectionId, name: 'resellers', search: 'Pine' });
    expect(options).toMatchObject([{ value: harbor, label: 'Harbor Cloud' }]);
    expect(simulator.control.log()).toHaveLength(before);
    const instances = await lookUp(resellerOperator, { connectionId, name: 'provider-instances', search: '' });
    expect(instances.options.length).toBeGreaterThan(0);
  });

  test('neither strangers nor a role that may not plan get through it', async () => {
    const stranger = await tree.actor('otherCsp', 'operator');
    const query = { connectionId, name: 'provider-instances', search: '' };
    await expect(lookUp(stranger, query)).rejects.toThrow(NotFound);
    await expect(lookUp(await tree.actor('reseller', 'viewer'), query)).rejects.toThrow(Forbidden);
    await expect(lookUp(admin, { ...query, name: 'customers' })).rejects.toThrow(NotFound);
    await expect(lookUp(admin, { ...query, name: 'constructor' })).rejects.toThrow(NotFound);
    await expect(lookUp(admin, { ...query, connectionId: 'x' })).rejects.toThrow(NotFound);
  });

  test('a vendor that fails says so, and a refused sign-in takes the connection out of use', async () => {
    simulator.control.setFault({ ending: 'forbidden', path: '/v1/Resellers' });
    await expect(lookUp(admin, { connectionId, name: 'resellers', search: '' })).rejects.toThrow(VendorError);
    expect((await getConnection(admin, connectionId)).state).not.toBe('broken');
    simulator.control.setFault({ ending: 'refuse', path: 'token' });
    await closeVendors();
    await expect(lookUp(admin, { connectionId, name: 'resellers', search: '' })).rejects.toThrow(VendorError);
    expect((await getConnection(admin, connectionId)).state).toBe('broken');
    await expect(lookUp(admin, { connectionId, name: 'resellers', search: '' })).rejects.toThrow('refused the sign-in');
    expect(await usableBy(tree.reseller)).toMatchObject({ unusable: 'broken' });
  });
});

describe('who may own a connection', () => {
  test('partners where the actor is admin', async () => {
    expect((await listOwnerChoices(admin)).map(({ name }) => name)).toEqual([
      'Dune Computers',
      'Moor Systems',
      'Ridge IT',
    ]);
    expect(await listOwnerChoices(resellerOperator)).toEqual([]);
  });
});
