import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '../auth/passwords';
import type { Role } from '../auth/permissions';
import { asSystem } from '../db/as-system';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { demoData, type SimulatedCustomer } from '../vendors/cloud-cockpit/simulator/state';
import { absentPlace, type Place, type Relation } from './matrix-place';
import { addAboardAt, addAttempt, addConnection, addCustomer, addPerson, cockpitSettings } from './matrix-records';
import { ownWord } from './submissions';
import { addCockpit, addMapping, addPartner, addUser } from './world';

/** What no answer may carry: markers and ids of what lies outside the reach. */
export interface World {
  readonly simulator: CloudCockpitSimulator;
  /** The vendor whose customers have services. */
  readonly avepoint: AvepointSimulator;
  readonly places: Readonly<Record<Relation | 'absent', Place>>;
  readonly people: Readonly<Record<Role, string>>;
  /** A connection of the partner above, shared downwards, with the mapping of the person's partner. */
  readonly sharedConnectionId: string;
  /** What the person's partner is at it. */
  readonly mappingId: string;
  /** A customer at the vendor that belongs to another reseller. */
  readonly decoy: { readonly vendorId: string; readonly name: string };
  /** Partners whose rows nobody here may see or change. */
  readonly outsideIds: readonly string[];
  /** Correlation ids whose customer exists at the simulated vendor, each to be used once. */
  takeKey(): { readonly correlationId: string; readonly vendorId: string };
}

/** Customers that exist at the vendor under a correlation id of ours. */
function vendorCustomers(count: number): readonly SimulatedCustomer[] {
  return Array.from({ length: count }, () => {
    const key = uuidv7();
    const companyName = `At the vendor ${key.slice(-6)}`;
    return {
      id: uuidv7(),
      companyName,
      internalIdentifier: key,
      resellerId: null,
      isDeleted: false,
      correlationId: key,
      visibleFromMs: 0,
      view: { companyName, country: 'PT', email: 'office@vendor.example' },
    };
  });
}

/** Resellers of the simulated vendor: the person's partner is the first of them. */
export const resellerThere = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';
const otherReseller = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a02';

function decoyCustomer(): SimulatedCustomer {
  const companyName = 'Decoy & Daughters';
  return {
    id: uuidv7(),
    companyName,
    internalIdentifier: 'decoy-key',
    resellerId: otherReseller,
    isDeleted: false,
    correlationId: null,
    visibleFromMs: 0,
    view: { companyName, country: 'PT', email: 'office@decoy.example' },
  };
}

/**
 * Makes the tree of the matrix around one partner: itself with its people, a partner below it, one beside it, the one
 * above it, and one below the one beside it, each with records of its own.
 */
export async function makeWorld(): Promise<World> {
  const keyed = vendorCustomers(64);
  const decoy = decoyCustomer();
  const simulator = await startCloudCockpitSimulator({ customers: [...demoData.customers, ...keyed, decoy] });
  const avepoint = await startAvepointSimulator();
  const add = (name: string, kind: 'host' | 'csp' | 'reseller', parentId: string | null) =>
    addPartner({ key: `${name}-${uuidv7()}`, kind, parentId });
  const parent = await add('above', 'host', null);
  const own = await add('own', 'csp', parent);
  const child = await add('child', 'reseller', own);
  const grandchild = await add('grandchild', 'reseller', child);
  const sibling = await add('sibling', 'csp', parent);
  const foreign = await add('foreign', 'reseller', sibling);
  const foreignChild = await add('foreign-child', 'reseller', foreign);
  const people = {
    admin: await addMember(own, 'admin'),
    operator: await addMember(own, 'operator'),
    viewer: await addMember(own, 'viewer'),
  };
  const place = (relation: Relation, partnerId: string, belowId: string) =>
    addPlace({ relation, partnerId, belowId, simulator, avepoint });
  const places = {
    own: await place('own', own, child),
    child: await place('child', child, grandchild),
    sibling: await place('sibling', sibling, foreign),
    parent: await place('parent', parent, own),
    foreign: await place('foreign', foreign, foreignChild),
    absent: absentPlace(),
  };
  // Somebody of the own partner whose rights reach further than the branch: the further ones are nobody's business here.
  await asSystem('seed', (tx) =>
    tx.roleGrant.create({ data: { id: uuidv7(), userId: places.own.userId, role: 'viewer', partnerId: sibling } }),
  );
  const sharedConnectionId = await addCockpit({
    ownerPartnerId: parent,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    shared: true,
    settings: { ...cockpitSettings(), note: places.parent.marker },
  });
  await addMapping({
    connectionId: sharedConnectionId,
    partnerId: own,
    externalId: resellerThere,
  });
  await addMapping({ connectionId: sharedConnectionId, partnerId: sibling, externalId: `${places.sibling.marker}-id` });
  const unused = [...keyed];
  return {
    simulator,
    avepoint,
    places,
    people,
    sharedConnectionId,
    mappingId: resellerThere,
    decoy: { vendorId: decoy.id, name: decoy.companyName },
    outsideIds: [parent, sibling, foreign, foreignChild],
    takeKey() {
      const next = unused.pop();
      if (next?.internalIdentifier == null) throw new Error('no customer at the vendor is left: make more of them');
      return { correlationId: next.internalIdentifier, vendorId: next.id };
    },
  };
}

/** What each of the three people can sign in with. */
export const personsPassword = 'correct horse battery staple';

async function addMember(partnerId: string, role: Role): Promise<string> {
  const userId = await addUser({ partnerId, role });
  const hash = await hashPassword(personsPassword);
  await asSystem('seed', (tx) => tx.userPassword.create({ data: { userId, hash } }));
  return userId;
}

interface PlaceRoots {
  readonly relation: Relation;
  readonly partnerId: string;
  readonly belowId: string;
  readonly simulator: CloudCockpitSimulator;
  readonly avepoint: AvepointSimulator;
}

async function addPlace({ relation, partnerId, belowId, simulator, avepoint }: PlaceRoots): Promise<Place> {
  const marker = `zq${relation}${ownWord()}`;
  const bare: Place = { ...absentPlace(), relation, marker, partnerId, belowId };
  const connectionId = await addConnection(bare, simulator);
  const known = { ...bare, connectionId };
  const userId = await addPerson(known);
  const customerId = await addCustomer(known);
  const aboardAtId = await addAboardAt({ ...known, customerId }, avepoint);
  const { attemptId, correlationId } = await addAttempt({ ...known, customerId, userId }, { state: 'succeeded' });
  await asSystem('seed', async (tx) => {
    // The name of a partner above may stand beside what it shares; the names of all others are nobody's business.
    if (relation !== 'parent')
      await tx.partner.update({ where: { id: partnerId }, data: { name: `Partner ${marker}` } });
    await tx.$executeRaw`select audit_append(${uuidv7()}::uuid, ${partnerId}::uuid, ${userId}::uuid, ${marker}, 'admin',
      ${marker}, 'export', 'list', ${marker}, ${correlationId}::uuid, '{}'::jsonb)`;
  });
  return { ...known, aboardAtId, userId, customerId, attemptId, correlationId };
}
