import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { asSystem } from '@/lib/db/as-system';
import { forgetEnv } from '@/lib/env';
import { testDatabase } from '@/lib/testing/database';
import { avepointEntry } from '@/lib/vendors/avepoint/entry';
import { cloudCockpitEntry } from '@/lib/vendors/cloud-cockpit/entry';
import { applyConnectionsFile } from './apply-file';
import { chosenProfile } from './chosen-profile';
import { type CreateConnectionInput, createConnectionSchema, editConnectionSchema } from './connection-schema';
import { ConnectionsFileError } from './connections-file';
import { createConnection } from './create-connection';
import { editConnection } from './edit-connection';
import { getConnection } from './get-connection';
import { loadVendorConnection } from './load-vendor-connection';
import { makeTree, type TestTree } from './tree-fixture';
import { listUsableConnections } from './usable-connections';

await testDatabase();
let tree: TestTree;
let admin: Actor;

beforeAll(async () => {
  process.env.QUAYSIDE_SANDBOX = '1';
  forgetEnv();
  tree = await makeTree();
  admin = await tree.actor('csp', 'admin');
});

let clients = 0;
function input(changes: Partial<CreateConnectionInput> = {}): CreateConnectionInput {
  clients += 1;
  return {
    partnerId: tree.csp,
    vendor: 'avepoint',
    name: `AvePoint ${clients}`,
    shared: true,
    sandbox: true,
    baseUrl: 'http://127.0.0.1:4102',
    tokenUrl: 'http://127.0.0.1:4102/connect/token',
    settings: { clientId: `client-${clients}`, scope: '' },
    secrets: { clientSecret: 'canary' },
    requestsPerSecond: null,
    timeoutMs: 5000,
    ...changes,
  };
}

async function shown(connectionId: string) {
  const { version, settings } = await getConnection(admin, connectionId);
  return { version, profile: settings?.profile };
}

async function edit(connectionId: string, changes: { readonly profile?: string } = {}) {
  const { version, name, shared, sandbox, settings } = await getConnection(admin, connectionId);
  if (settings === null) throw new Error('The admin sees no settings.');
  const { baseUrl, tokenUrl, values, requestsPerSecond, timeoutMs } = settings;
  return editConnection(admin, {
    ...{ connectionId, version, name, shared, sandbox, baseUrl, requestsPerSecond, timeoutMs },
    ...{ tokenUrl: tokenUrl ?? '', settings: { ...values }, secrets: {} },
    ...changes,
  });
}

describe('the contract profile of a connection', () => {
  test.each([
    [avepointEntry, undefined, '2026-07'],
    [avepointEntry, null, '2026-07'],
    [avepointEntry, '', '2026-07'],
    [avepointEntry, '2025-09', '2025-09'],
    [avepointEntry, '1999-01', 'refused'],
    [cloudCockpitEntry, undefined, null],
    [cloudCockpitEntry, '2025-09', 'refused'],
  ] as const)('$vendor with %s: %s', (entry, given, expected) => {
    const chosen = chosenProfile(entry, given);
    expect(chosen.ok ? chosen.profile : 'refused').toBe(expected);
  });

  test('a new connection speaks the current contract, or the one that was chosen', async () => {
    const { connectionId: plain } = await createConnection(admin, input());
    const { connectionId: draft } = await createConnection(admin, input({ profile: '2025-09' }));
    expect(await shown(plain)).toEqual({ version: 1, profile: '2026-07' });
    expect(await shown(draft)).toEqual({ version: 1, profile: '2025-09' });
    const usable = await listUsableConnections(admin, tree.csp);
    expect(usable.find((one) => one.connectionId === draft)?.profile).toBe('2025-09');
    expect((await loadVendorConnection(draft)).profile).toBe('2025-09');
  });

  test('changing it makes a new version that has to be tested again, and is in the audit', async () => {
    const { connectionId } = await createConnection(admin, input());
    await asSystem('seed', (tx) =>
      tx.connectionSetting.update({ where: { connectionId }, data: { testedAt: new Date(), testResult: {} } }),
    );
    expect(await edit(connectionId, { profile: '2026-07' })).toEqual({ version: 1 });
    expect(await edit(connectionId, { profile: '2025-09' })).toEqual({ version: 2 });
    expect(await shown(connectionId)).toEqual({ version: 2, profile: '2025-09' });
    expect((await getConnection(admin, connectionId)).settings?.testedAt).toBeNull();
    const entry = await asSystem('seed', (tx) =>
      tx.auditEntry.findFirstOrThrow({ where: { action: 'connection.changed' }, orderBy: { seq: 'desc' } }),
    );
    expect(entry.detail).toMatchObject({ fields: ['profile'], version: 2 });
  });

  test('an edit that says nothing of it keeps it', async () => {
    const { connectionId } = await createConnection(admin, input({ profile: '2025-09' }));
    expect(await edit(connectionId)).toEqual({ version: 1 });
    expect((await shown(connectionId)).profile).toBe('2025-09');
  });

  test('one that the vendor does not have is refused on its field', async () => {
    const refusal = { fields: { profile: ['AvePoint Elements does not have this contract.'] } };
    await expect(createConnection(admin, input({ profile: '1999-01' }))).rejects.toMatchObject(refusal);
    const { connectionId } = await createConnection(admin, input());
    await expect(edit(connectionId, { profile: '1999-01' })).rejects.toMatchObject(refusal);
  });

  test('the forms’ schemas take it, and do without', () => {
    const given = input({ partnerId: crypto.randomUUID() });
    expect(createConnectionSchema.parse({ ...given, profile: '2025-09' }).profile).toBe('2025-09');
    expect(createConnectionSchema.safeParse(given).success).toBe(true);
    expect(createConnectionSchema.safeParse({ ...given, profile: 7 }).success).toBe(false);
    const { partnerId: _partner, vendor: _vendor, ...rest } = given;
    const edited = { ...rest, connectionId: crypto.randomUUID(), version: 1 };
    expect(editConnectionSchema.safeParse({ ...edited, profile: '2025-09' }).success).toBe(true);
    expect(editConnectionSchema.safeParse(edited).success).toBe(true);
  });
});

describe('the contract profile in a connections file', () => {
  async function apply(entries: readonly unknown[]) {
    const folder = await mkdtemp(path.join(tmpdir(), 'profiles-'));
    const file = path.join(folder, 'connections.json');
    await writeFile(file, JSON.stringify(entries));
    process.env.QUAYSIDE_CONNECTIONS_FILE = file;
    forgetEnv();
    try {
      return await applyConnectionsFile();
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const entry = (changes: Record<string, unknown> = {}) => {
    const { partnerId: _partner, requestsPerSecond: _rate, ...rest } = input();
    const settings = { clientId: 'client-of-the-file' };
    return { ...rest, key: 'file-avepoint', owner: 'csp', settings, ...changes };
  };
  const stored = () =>
    asSystem('seed', (tx) =>
      tx.connection.findUniqueOrThrow({ where: { key: 'file-avepoint' }, include: { setting: true } }),
    );

  test('is the current one unless it says otherwise; a change is a new version', async () => {
    const first = entry();
    await apply([first]);
    expect((await stored()).setting?.profile).toBe('2026-07');
    const { version } = await stored();
    await apply([{ ...first, profile: '2025-09' }]);
    expect(await stored()).toMatchObject({ version: version + 1, setting: { profile: '2025-09' } });
  });

  test('one that the vendor does not have is a fault', async () => {
    const problems = await apply([entry({ profile: '1999-01' })]).catch((error: unknown) =>
      error instanceof ConnectionsFileError ? error.problems : [],
    );
    expect(problems).toEqual(['"file-avepoint": profile is not known to AvePoint Elements (2026-07, 2025-09).']);
  });
});
