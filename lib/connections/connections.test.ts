import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { asActor } from '@/lib/db/as-actor';
import { asSystem } from '@/lib/db/as-system';
import { Conflict, Forbidden, NotFound, Stale } from '@/lib/errors';
import { testDatabase } from '@/lib/testing/database';
import { avepointEntry } from '@/lib/vendors/avepoint/entry';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '@/lib/vendors/cloud-cockpit/simulator';
import { closeVendors } from '@/lib/vendors/registry';
import { parseConnectionFilter } from './connection-filter';
import {
  type CreateConnectionInput,
  createFormSchema,
  type EditConnectionInput,
  editFormSchema,
} from './connection-schema';
import { createConnection } from './create-connection';
import { editConnection } from './edit-connection';
import { getConnection } from './get-connection';
import { listConnections } from './list-connections';
import { loadVendorConnection } from './load-vendor-connection';
import { disableConnection, enableConnection } from './set-connection-disabled';
import { testConnection } from './test-connection';
import { makeTree, type TestTree } from './tree-fixture';
import { listUsableConnections } from './usable-connections';
import { listVendorFields } from './vendor-fields';

await testDatabase();
const canary = 'demo-secret-cloud-cockpit';
let tree: TestTree;
let simulator: CloudCockpitSimulator;
let admin: Actor;
let operator: Actor;
let viewer: Actor;
let resellerAdmin: Actor;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
  tree = await makeTree();
  admin = await tree.actor('csp', 'admin');
  operator = await tree.actor('csp', 'operator');
  viewer = await tree.actor('csp', 'viewer');
  resellerAdmin = await tree.actor('reseller', 'admin');
});

afterAll(async () => {
  await closeVendors();
  await simulator.stop();
});

/** Each its own access, so that nothing clashes unless a test wants it. */
let tenants = 0;
function input(changes: Partial<CreateConnectionInput> = {}): CreateConnectionInput {
  tenants += 1;
  return {
    partnerId: tree.csp,
    vendor: 'cloud-cockpit',
    name: `Cockpit ${tenants}`,
    shared: true,
    sandbox: true,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    settings: { tenantDomain: `portal-${tenants}.example`, clientId: 'quayside-demo', scope: '' },
    secrets: { clientSecret: canary },
    requestsPerSecond: null,
    timeoutMs: 5000,
    ...changes,
  };
}

async function editOf(connectionId: string, changes: Partial<EditConnectionInput> = {}): Promise<EditConnectionInput> {
  const { version, name, shared, sandbox, settings } = await getConnection(admin, connectionId);
  if (settings === null) throw new Error('The admin sees no settings.');
  return {
    ...{ connectionId, version, name, shared, sandbox },
    baseUrl: settings.baseUrl,
    tokenUrl: settings.tokenUrl ?? '',
    settings: { ...settings.values },
    secrets: {},
    requestsPerSecond: settings.requestsPerSecond,
    timeoutMs: settings.timeoutMs,
    ...changes,
  };
}

const create = async (changes: Partial<CreateConnectionInput> = {}, actor = admin) =>
  (await createConnection(actor, input(changes))).connectionId;

async function fieldsOf(run: Promise<unknown>): Promise<Readonly<Record<string, readonly string[]>>> {
  try {
    await run;
  } catch (error) {
    if (error instanceof Conflict) return error.fields ?? {};
    throw error;
  }
  return {};
}

async function auditOf(connectionId: string) {
  const rows = await asSystem('seed', (tx) =>
    tx.auditEntry.findMany({ where: { subjectId: connectionId }, orderBy: { seq: 'asc' } }),
  );
  return rows.map(({ action, detail, actorName, actorRole }) => ({ action, detail, actorName, actorRole }));
}

describe('creating a connection', () => {
  test('keeps settings, seals the secret, fills the vendor default, and is audited without values', async () => {
    const connectionId = await create({ requestsPerSecond: 4.5 });
    const record = await getConnection(admin, connectionId);
    expect(record).toMatchObject({ version: 1, state: 'untested', ownerName: 'Ridge IT', may: { manage: true } });
    expect(record.settings).toMatchObject({
      requestsPerSecond: 4.5,
      values: { scope: 'api://b92a36a4-feb8-4f47-a69c-29a180aa6d0a/.default' },
      secrets: [{ field: 'clientSecret' }],
    });
    expect((await loadVendorConnection(connectionId)).secrets).toEqual({ clientSecret: canary });
    const audit = await auditOf(connectionId);
    expect(audit).toMatchObject([{ action: 'connection.created', actorRole: 'admin' }]);
    expect(JSON.stringify([record, audit, await listConnections(admin)])).not.toContain(canary);
  });

  test('is for admins of the owner: others are refused and nothing is made', async () => {
    await expect(create({}, operator)).rejects.toThrow(Forbidden);
    await expect(create({}, viewer)).rejects.toThrow(Forbidden);
    await expect(create({}, resellerAdmin)).rejects.toThrow(NotFound);
    expect((await listConnections(resellerAdmin, { q: `Cockpit ${tenants}` })).rows).toEqual([]);
  });

  test.each([
    ['baseUrl', { baseUrl: 'http://user@127.0.0.1' }, 'must not contain a user name'],
    ['baseUrl', { baseUrl: 'http://169.254.169.254' }, 'private, local or otherwise not allowed'],
    ['baseUrl', { sandbox: false }, 'must start with https://'],
    ['tokenUrl', { tokenUrl: '' }, 'Cloud Cockpit needs this.'],
    ['settings.tenantDomain', { settings: { clientId: 'x' } }, 'Cloud Cockpit needs this.'],
    ['settings.tenant', { settings: { tenantDomain: 'a', clientId: 'x', tenant: 'b' } }, 'does not know this'],
    ['secrets.clientSecret', { secrets: {} }, 'Cloud Cockpit needs this.'],
    ['secrets.password', { secrets: { clientSecret: 'x', password: 'y' } }, 'does not know this'],
  ])('says on %s what is wrong with %j', async (field, changes, sentence) => {
    expect((await fieldsOf(create(changes)))[field]?.join(' ')).toContain(sentence);
  });

  test('the same access twice is refused; the other connection is named only where it may be seen', async () => {
    const settings = { tenantDomain: 'Clash.example', clientId: 'one', scope: '' };
    await create({ name: 'The first one', settings });
    const again = { settings: { ...settings, tenantDomain: 'clash.EXAMPLE', clientId: 'two' } };
    await expect(create(again)).rejects.toThrow('The connection "The first one" already has this access.');
    await expect(create({ ...again, partnerId: tree.reseller }, resellerAdmin)).rejects.toThrow(
      /^Another connection already has this access\./,
    );
  });
});

describe('editing a connection', () => {
  test('keeps a secret that is left empty, moves the version, and names what changed', async () => {
    const connectionId = await create();
    expect(await editConnection(admin, await editOf(connectionId, { name: 'New name' }))).toEqual({ version: 2 });
    expect(await loadVendorConnection(connectionId)).toMatchObject({ version: 2, secrets: { clientSecret: canary } });
    expect((await auditOf(connectionId)).at(-1)).toMatchObject({
      action: 'connection.changed',
      detail: { fields: ['name'] },
    });
  });

  test('that changes nothing saves nothing', async () => {
    const connectionId = await create();
    expect(await editConnection(admin, await editOf(connectionId))).toEqual({ version: 1 });
    expect(await auditOf(connectionId)).toHaveLength(1);
  });

  test('an older version is refused and nothing is overwritten', async () => {
    const connectionId = await create();
    const old = await editOf(connectionId, { name: 'Mine' });
    await editConnection(admin, await editOf(connectionId, { name: 'Theirs' }));
    await expect(editConnection(admin, old)).rejects.toThrow(Stale);
    expect((await getConnection(admin, connectionId)).name).toBe('Theirs');
  });

  test('of two at the same moment one wins', async () => {
    const connectionId = await create();
    const edits = await Promise.all(['A', 'B', 'C'].map((name) => editOf(connectionId, { name })));
    const ended = await Promise.allSettled(edits.map((edit) => editConnection(admin, edit)));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await getConnection(admin, connectionId)).version).toBe(2);
  });

  test.each([
    ['base URL', () => ({ baseUrl: 'http://127.0.0.1:9/' })],
    ['token URL', () => ({ tokenUrl: 'http://127.0.0.1:9/token' })],
    [
      'client id',
      () => ({ settings: { tenantDomain: `portal-moved-${tenants}.example`, clientId: 'other', scope: '' } }),
    ],
  ])('a secret never goes to a new place untyped: %s', async (_, changes) => {
    const connectionId = await create();
    const edit = await editOf(connectionId, changes());
    expect((await fieldsOf(editConnection(admin, edit)))['secrets.clientSecret']?.join()).toContain('Type it again');
    expect((await getConnection(admin, connectionId)).version).toBe(1);
    await editConnection(admin, { ...edit, secrets: { clientSecret: 'typed-again' } });
    expect((await loadVendorConnection(connectionId)).secrets).toEqual({ clientSecret: 'typed-again' });
  });

  test("Cove's password is asked for again when its partner or user changes", async () => {
    const settings = { partner: 'Ridge IT', username: 'api' };
    const { connectionId } = await createConnection(admin, {
      ...input({ vendor: 'cove', tokenUrl: '', settings }),
      secrets: { password: canary },
    });
    for (const changed of [{ partner: 'Other' }, { username: 'other' }]) {
      const edit = await editOf(connectionId, { settings: { ...settings, ...changed } });
      expect((await fieldsOf(editConnection(admin, edit)))['secrets.password']?.join()).toContain('Type it again');
    }
  });

  test("a scope longer than AvePoint's sign-in takes is refused before it is sent, new or edited", async () => {
    const scope = (length: number) => ({ clientId: 'quayside-demo', scope: 'x'.repeat(length), timeUnit: '' });
    const avepoint = (length: number) => input({ vendor: 'avepoint', settings: scope(length) });
    const sentence = 'AvePoint Elements takes at most 300 characters here.';
    expect(await fieldsOf(createConnection(admin, avepoint(301)))).toEqual({ 'settings.scope': [sentence] });
    const { connectionId } = await createConnection(admin, avepoint(300));
    const edit = await editOf(connectionId, { settings: scope(301) });
    expect(await fieldsOf(editConnection(admin, edit))).toEqual({ 'settings.scope': [sentence] });
    // The forms say it before the server does.
    for (const parsed of [
      createFormSchema(listVendorFields()).safeParse(avepoint(301)),
      editFormSchema(avepointEntry).safeParse(edit),
    ]) {
      expect(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
        ['settings.scope', sentence],
      ]);
    }
  });

  test('is for admins of the owner', async () => {
    const connectionId = await create();
    const edit = await editOf(connectionId, { name: 'Hijacked' });
    await expect(editConnection(operator, edit)).rejects.toThrow(Forbidden);
    await expect(editConnection(resellerAdmin, edit)).rejects.toThrow(NotFound);
  });
});

describe('disabling a connection', () => {
  test('takes it out of use until it is enabled; a stale click is refused', async () => {
    const connectionId = await create();
    await disableConnection(admin, { connectionId, version: 1 });
    await expect(disableConnection(admin, { connectionId, version: 1 })).rejects.toThrow(Stale);
    await expect(loadVendorConnection(connectionId)).rejects.toThrow('This connection is disabled.');
    const usable = await listUsableConnections(admin, tree.csp);
    expect(usable.find((one) => one.connectionId === connectionId)?.unusable).toBe('disabled');
    await expect(enableConnection(operator, { connectionId, version: 2 })).rejects.toThrow(Forbidden);
    await enableConnection(admin, { connectionId, version: 2 });
    expect((await loadVendorConnection(connectionId)).version).toBe(3);
    expect((await auditOf(connectionId)).map(({ action }) => action)).toEqual([
      'connection.created',
      'connection.disabled',
      'connection.enabled',
    ]);
  });
});

describe('testing a connection', () => {
  const good = () => ({ settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo', scope: '' } });
  const closed = 'http://127.0.0.1:9';

  async function testOnce(changes: Partial<CreateConnectionInput>, actor = admin) {
    const connectionId = await create(changes);
    const report = await testConnection(actor, connectionId);
    const record = await getConnection(admin, connectionId);
    expect(JSON.stringify([report, record])).not.toContain(canary);
    return { connectionId, report, record };
  }

  test('says that it works, and stores it; an operator of the owner may', async () => {
    const { report, record, connectionId } = await testOnce(good(), operator);
    expect(report).toEqual({ ok: true, seen: 'customers' });
    expect(record).toMatchObject({ state: 'ready', settings: { test: { ok: true } } });
    expect((await auditOf(connectionId)).at(-1)).toMatchObject({
      action: 'connection.tested',
      detail: { result: 'ok' },
      actorRole: 'operator',
    });
  });

  test.each([
    ['network', () => ({ tokenUrl: `${closed}/token` })],
    ['network', () => ({ tokenUrl: 'http://nowhere.invalid/token' })],
    ['tls', () => ({ tokenUrl: simulator.tokenUrl.replace('http:', 'https:') })],
    ['credentials', () => ({ secrets: { clientSecret: 'wrong' } })],
    ['permission', () => ({ settings: { ...good().settings, tenantDomain: 'portal.of-others.example' } })],
    [
      'contract',
      () => {
        simulator.control.setFault({ ending: 'html', method: 'GET', path: '/v1/Customers' });
        return {};
      },
    ],
  ])('says which of five failed: %s', async (failed, changes) => {
    const { report, record, connectionId } = await testOnce({ ...input(), ...changes() });
    expect(report).toMatchObject({ ok: false, failed });
    expect(record.settings?.test).toEqual(report);
    expect(record.state).toBe(failed === 'credentials' ? 'broken' : 'failing');
    expect((await auditOf(connectionId)).at(-1)).toMatchObject({ detail: { result: failed } });
  });

  test('refused credentials break it for everybody, a successful test mends it', async () => {
    const { connectionId } = await testOnce({ secrets: { clientSecret: 'wrong' } });
    await expect(loadVendorConnection(connectionId)).rejects.toThrow('refused the sign-in');
    await editConnection(
      admin,
      await editOf(connectionId, {
        ...good(),
        secrets: { clientSecret: canary },
        baseUrl: simulator.url.replace('127.0.0.1', 'localhost'),
      }),
    );
    expect((await getConnection(admin, connectionId)).state).toBe('untested');
    simulator.control.setFault({ ending: 'refuse', path: 'token', times: 1 });
    expect(await testConnection(admin, connectionId)).toMatchObject({ ok: false, failed: 'credentials' });
    expect((await getConnection(admin, connectionId)).state).toBe('broken');
    expect(await testConnection(admin, connectionId)).toMatchObject({ ok: true });
    expect(await getConnection(admin, connectionId)).toMatchObject({ state: 'ready', brokenAt: null });
  });

  test('is not for viewers, nor for a partner below', async () => {
    const connectionId = await create();
    await expect(testConnection(viewer, connectionId)).rejects.toThrow(Forbidden);
    await expect(testConnection(resellerAdmin, connectionId)).rejects.toThrow(NotFound);
  });

  test('an edit while it runs makes the result worthless', async () => {
    const connectionId = await create();
    simulator.control.setFault({ ending: 'delay', path: 'token', delayMs: 400 });
    const seen = simulator.control.log().length;
    const running = testConnection(admin, connectionId);
    await expect.poll(() => simulator.control.log().length).toBeGreaterThan(seen);
    await editConnection(admin, await editOf(connectionId, { name: 'Edited meanwhile' }));
    await expect(running).rejects.toThrow(Stale);
    expect((await getConnection(admin, connectionId)).state).toBe('untested');
  });
});

describe('a shared connection seen from below', () => {
  test('shows name, vendor, owner and state, and nothing of its settings', async () => {
    const connectionId = await create({ name: 'Shared one' });
    const record = await getConnection(resellerAdmin, connectionId);
    expect(record).toMatchObject({
      name: 'Shared one',
      ownerName: 'Ridge IT',
      settings: null,
      ownSide: false,
      may: { manage: false, test: false, map: false },
    });
    const [row] = (await listConnections(resellerAdmin, { q: 'Shared one' })).rows;
    expect(row).toMatchObject({ settingsVisible: false, testedAt: null, requestsPerSecond: null });
    expect(await getConnection(viewer, connectionId)).toMatchObject({ settings: null, ownSide: true });
  });

  test('row-level security hides settings and secrets even from a direct query', async () => {
    const connectionId = await create();
    await asActor(resellerAdmin, async (tx) => {
      expect(await tx.connection.findUnique({ where: { id: connectionId } })).not.toBeNull();
      expect(await tx.connectionSetting.findUnique({ where: { connectionId } })).toBeNull();
      expect(await tx.$queryRaw`select field from connection_secret`).toEqual([]);
      const moved = await tx.connectionSetting.updateMany({
        where: { connectionId },
        data: { baseUrl: 'https://evil.example' },
      });
      expect(moved.count).toBe(0);
      expect((await tx.connection.updateMany({ where: { id: connectionId }, data: { name: 'x' } })).count).toBe(0);
    });
  });

  test('nobody reads a sealed value as an actor, the owner neither, and nobody plants one elsewhere', async () => {
    const connectionId = await create();
    await expect(asActor(admin, (tx) => tx.$queryRaw`select sealed from connection_secret`)).rejects.toThrow();
    await expect(
      asActor(
        resellerAdmin,
        (tx) => tx.$executeRaw`insert into connection_secret (connection_id, field, partner_id, key_version, sealed)
          values (${connectionId}::uuid, 'planted', ${tree.reseller}::uuid, 1, '\\x00')`,
      ),
    ).rejects.toThrow();
  });

  test('is not there once it is no longer shared, and never for a partner elsewhere', async () => {
    const connectionId = await create();
    const stranger = await tree.actor('otherCsp', 'admin');
    await expect(getConnection(stranger, connectionId)).rejects.toThrow(NotFound);
    await expect(getConnection(stranger, 'not-an-id')).rejects.toThrow(NotFound);
    await editConnection(admin, await editOf(connectionId, { shared: false }));
    await expect(getConnection(resellerAdmin, connectionId)).rejects.toThrow(NotFound);
  });
});

describe('the list of connections', () => {
  test('filters by state, vendor and text, and pages by key both ways', async () => {
    const lister = await tree.actor('otherCsp', 'admin');
    const ids: string[] = [];
    for (let at = 0; at < 60; at += 1) {
      ids.unshift(await create({ partnerId: tree.otherCsp, shared: false, name: `Page ${at}` }, lister));
    }
    const first = await listConnections(lister);
    expect(first.rows.map((row) => row.connectionId)).toEqual(ids.slice(0, 50));
    expect(first.newer).toBeNull();
    const second = await listConnections(lister, { after: first.older ?? '' });
    expect(second.rows.map((row) => row.connectionId)).toEqual(ids.slice(50));
    expect(second.older).toBeNull();
    const back = await listConnections(lister, { before: second.newer ?? '' });
    expect(back).toMatchObject({ rows: first.rows, newer: null });
    expect((await listConnections(lister, { q: 'pAGE 59' })).rows).toHaveLength(1);
    expect((await listConnections(lister, { state: 'broken' })).rows).toEqual([]);
    expect((await listConnections(lister, { vendor: 'cove' })).rows).toEqual([]);
    expect((await listConnections(lister, parseConnectionFilter({ after: "' or 1=1", state: 'x' }))).rows).toHaveLength(
      50,
    );
  });
});
