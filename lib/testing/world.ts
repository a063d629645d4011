import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { Actor } from '../auth/actor';
import type { Role } from '../auth/permissions';
import { asSystem } from '../db/as-system';
import { seal } from '../secrets/seal';

/** Partners, people and connections for tests, made straight in the database. */

export interface NewPartner {
  readonly key: string;
  readonly kind: 'host' | 'csp' | 'reseller';
  readonly parentId: string | null;
}

/** Inserts a partner; its name is made from its key. Returns its id. */
export async function addPartner({ key, kind, parentId }: NewPartner): Promise<string> {
  const id = uuidv7();
  await asSystem('seed', (tx) => tx.partner.create({ data: { id, key, name: `Partner ${key}`, kind, parentId } }));
  return id;
}

/** Inserts a user with one grant at a partner, without a password. Returns its id. */
export async function addUser({ partnerId, role }: { partnerId: string; role: Role }): Promise<string> {
  const id = uuidv7();
  await asSystem('seed', async (tx) => {
    await tx.user.create({ data: { id, partnerId, email: `${id}@example.com`, name: `${role} ${id.slice(-4)}` } });
    await tx.roleGrant.create({ data: { id: uuidv7(), userId: id, role, partnerId } });
  });
  return id;
}

/** The actor of a user. */
export async function actorOf(userId: string): Promise<Actor> {
  const actor = await Actor.of(userId, null);
  if (actor === null) throw new Error('this user is no actor');
  return actor;
}

/** An actor with one grant at a partner. */
export async function addActor(facts: { partnerId: string; role: Role }): Promise<Actor> {
  return actorOf(await addUser(facts));
}

/** The host, of which there is one: the same however often it is asked for. */
async function theHost(): Promise<string> {
  const known = await asSystem('seed', (tx) => tx.partner.findFirst({ where: { kind: 'host' }, select: { id: true } }));
  return known?.id ?? addPartner({ key: `host-${uuidv7()}`, kind: 'host', parentId: null });
}

/** The small tree of most tests: a host, a CSP with two resellers, and a CSP that is nobody's relative. */
export async function addTree() {
  const host = await theHost();
  const csp = await addPartner({ key: `csp-${uuidv7()}`, kind: 'csp', parentId: host });
  const harbor = await addPartner({ key: `harbor-${uuidv7()}`, kind: 'reseller', parentId: csp });
  const pine = await addPartner({ key: `pine-${uuidv7()}`, kind: 'reseller', parentId: csp });
  const foreign = await addPartner({ key: `foreign-${uuidv7()}`, kind: 'csp', parentId: host });
  return { host, csp, harbor, pine, foreign };
}

export interface NewCockpit {
  readonly ownerPartnerId: string;
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly shared?: boolean;
  readonly timeoutMs?: number;
  readonly requestsPerSecond?: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly clientSecret?: string;
}

/** A sandbox connection to Cloud Cockpit, as the demo has it. Returns its id. */
export async function addCockpit(facts: NewCockpit): Promise<string> {
  const id = uuidv7();
  const partnerId = facts.ownerPartnerId;
  const binding = { partnerId, vendor: 'cloud-cockpit', recordId: id, field: 'clientSecret' };
  const secret = seal({ value: facts.clientSecret ?? 'demo-secret-cloud-cockpit', binding });
  await asSystem('seed', async (tx) => {
    await tx.connection.create({
      data: {
        id,
        partnerId,
        key: id,
        vendor: 'cloud-cockpit',
        name: 'Cloud Cockpit · test',
        shared: facts.shared ?? true,
        sandbox: true,
      },
    });
    await tx.connectionSetting.create({
      data: {
        connectionId: id,
        partnerId,
        baseUrl: facts.baseUrl,
        tokenUrl: facts.tokenUrl,
        settings: facts.settings ?? {
          tenantDomain: 'portal.ridge-it.example',
          clientId: 'quayside-demo',
          scope: 'api://b92a36a4-feb8-4f47-a69c-29a180aa6d0a/.default',
        },
        timeoutMs: facts.timeoutMs ?? 20_000,
        requestsPerSecond: facts.requestsPerSecond ?? null,
        identity: id,
      },
    });
    await tx.connectionSecret.create({ data: { connectionId: id, partnerId, field: 'clientSecret', ...secret } });
  });
  return id;
}

/** Says what a partner is at a connection. */
export async function addMapping(mapping: {
  connectionId: string;
  partnerId: string;
  externalId: string;
}): Promise<void> {
  await asSystem('seed', (tx) => tx.mapping.create({ data: { id: uuidv7(), externalName: 'Mapped', ...mapping } }));
}

/** A sandbox connection to AvePoint Elements, as the demo has it. Returns its id. */
export async function addAvepoint(
  facts: Pick<NewCockpit, 'ownerPartnerId' | 'baseUrl' | 'tokenUrl' | 'shared' | 'timeoutMs'> & {
    readonly profile?: string;
    readonly settings?: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const id = uuidv7();
  const partnerId = facts.ownerPartnerId;
  const binding = { partnerId, vendor: 'avepoint', recordId: id, field: 'clientSecret' };
  const secret = seal({ value: 'demo-secret-avepoint', binding });
  const shared = facts.shared ?? true;
  await asSystem('seed', async (tx) => {
    await tx.connection.create({
      data: { id, partnerId, key: id, vendor: 'avepoint', name: 'AvePoint · test', shared, sandbox: true },
    });
    await tx.connectionSetting.create({
      data: {
        connectionId: id,
        partnerId,
        baseUrl: facts.baseUrl,
        tokenUrl: facts.tokenUrl,
        profile: facts.profile ?? null,
        settings: { clientId: 'quayside-demo', scope: '', ...facts.settings },
        timeoutMs: facts.timeoutMs ?? 20_000,
        identity: id,
      },
    });
    await tx.connectionSecret.create({ data: { connectionId: id, partnerId, field: 'clientSecret', ...secret } });
  });
  return id;
}

/** Links a customer to its id at an AvePoint connection. */
export async function addVendorAccount(facts: {
  readonly partnerId: string;
  readonly customerId: string;
  readonly connectionId: string;
  readonly vendorId: string;
}): Promise<void> {
  const rest = { vendor: 'avepoint', origin: 'created', correlationId: uuidv7() };
  await asSystem('seed', (tx) => tx.vendorAccount.create({ data: { id: uuidv7(), ...facts, ...rest } }));
}

/** A customer of a partner that is aboard at an AvePoint connection under an id of the vendor's. Returns its id. */
export async function addCustomerAboard({
  name,
  ...account
}: Omit<Parameters<typeof addVendorAccount>[0], 'customerId'> & { readonly name: string }): Promise<string> {
  const customerId = uuidv7();
  const { partnerId } = account;
  await asSystem('seed', (tx) => tx.customer.create({ data: { id: customerId, partnerId, name, country: 'PT' } }));
  await addVendorAccount({ ...account, customerId });
  return customerId;
}

/** A sandbox connection to Cove, as the demo has it: its own partner there is the distributor Ridge IT. Returns its id. */
export async function addCove(
  facts: Pick<NewCockpit, 'ownerPartnerId' | 'baseUrl' | 'shared' | 'timeoutMs'>,
): Promise<string> {
  const id = uuidv7();
  const partnerId = facts.ownerPartnerId;
  const binding = { partnerId, vendor: 'cove', recordId: id, field: 'password' };
  const secret = seal({ value: 'demo-secret-cove', binding });
  const shared = facts.shared ?? true;
  await asSystem('seed', async (tx) => {
    await tx.connection.create({
      data: { id, partnerId, key: id, vendor: 'cove', name: 'Cove · test', shared, sandbox: true },
    });
    await tx.connectionSetting.create({
      data: {
        connectionId: id,
        partnerId,
        baseUrl: facts.baseUrl,
        settings: { partner: 'Ridge IT', username: 'quayside-demo' },
        timeoutMs: facts.timeoutMs ?? 20_000,
        identity: id,
      },
    });
    await tx.connectionSecret.create({ data: { connectionId: id, partnerId, field: 'password', ...secret } });
  });
  return id;
}
