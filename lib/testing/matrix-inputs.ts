import 'server-only';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { AuditAction } from '../audit/audit-actions';
import { Actor } from '../auth/actor';
import type { ActionName, HandlerPath, PagePath } from '../auth/entry-points';
import type { Role } from '../auth/permissions';
import { asSystem } from '../db/as-system';
import { planOnboarding } from '../onboarding/plan';
import type { Submission } from '../onboarding/submission';
import { planService } from '../services/plan-service';
import type { ServiceSubmission } from '../services/service-submission';
import type { PartnerSubmission } from '../vendor-partners/partner-submission';
import { planPartner } from '../vendor-partners/plan-partner';
import { emptyServiceInput } from '../vendors/avepoint/services/input';
import { isInReach, type Place } from './matrix-place';
import { addAboard, addAttempt, addConnection, addCustomer, addPerson, addSession, factsOf } from './matrix-records';
import { personsPassword, resellerThere, type World } from './matrix-world';
import { ownWord } from './submissions';
import { addPartner } from './world';

/**
 * A valid input for every row of the table of entry points: what a person of that role would send about a record of that
 * place. A new row does not compile without its line here.
 */

/** One cell: who asks, and whose record it is about. */
export interface Cell {
  readonly world: World;
  readonly place: Place;
  readonly role: Role;
  readonly userId: string;
}

export interface ActionRow {
  readonly input: (cell: Cell) => Promise<unknown>;
  /** The entry that a success leaves (S6), or why it leaves none. */
  readonly audits: AuditAction | { readonly none: string };
  /** For what concerns oneself and names a record: what becomes of somebody else's. */
  readonly ofOthers?: 'not-there' | 'ignored';
}

/** A partner of that place's own, for whom it may plan; its own connection. */
async function submissionOf({ place, world }: Cell): Promise<Submission> {
  const connectionId = await addConnection(place, world.simulator);
  return {
    correlationId: uuidv7(),
    partnerId: place.partnerId,
    customerId: null,
    facts: factsOf(place),
    vendors: [{ connectionId, input: {}, decision: null, retryOf: null, services: [] }],
  };
}

async function plannedHash(cell: Cell, submission: Submission): Promise<string> {
  const unplanned = '0'.repeat(64);
  if (!isInReach(cell.place.relation) || cell.role === 'viewer') return unplanned;
  const actor = await Actor.of(cell.userId, null);
  return actor === null ? unplanned : (await planOnboarding(actor, submission)).planHash;
}

/** A refused or unknown attempt whose customer is at the vendor, with our key. */
async function attemptAtVendor({ world, place }: Cell, state: 'unknown' | 'refused') {
  const { correlationId, vendorId } = isInReach(place.relation)
    ? world.takeKey()
    : { correlationId: uuidv7(), vendorId: uuidv7() };
  const customerId = await addCustomer(place);
  const problem = state === 'refused' ? ({ problem: 'already-exists' } as const) : {};
  const { attemptId } = await addAttempt({ ...place, customerId }, { state, correlationId, ...problem });
  return { attemptId, vendorId };
}

async function serviceOf({ place, world }: Cell): Promise<ServiceSubmission> {
  const { customerId, connectionId } = await addAboard(place, world.avepoint);
  const form = { ...emptyServiceInput, product: 'workspace-management', license: 'trial' };
  return { correlationId: uuidv7(), customerId, connectionId, input: form, anyway: true, retryOf: null };
}

/** A plan that may be made: the same customer at the vendor gets its services from every cell. */
async function plannedServiceHash(cell: Cell, submission: ServiceSubmission): Promise<string> {
  const unplanned = '0'.repeat(64);
  if (!isInReach(cell.place.relation) || cell.role === 'viewer') return unplanned;
  const actor = await Actor.of(cell.userId, null);
  return actor === null ? unplanned : (await planService(actor, submission)).planHash;
}

/** A reseller for Cloud Cockpit, of a name that no other cell gives. */
async function partnerOf({ place, world }: Cell): Promise<PartnerSubmission> {
  return {
    correlationId: uuidv7(),
    connectionId: await addConnection(place, world.simulator),
    partnerId: place.partnerId,
    parentId: null,
    facts: { ...factsOf(place), name: `${place.marker} ${ownWord()}` },
    input: {},
    mapTo: null,
    anyway: false,
    retryOf: null,
  };
}

async function plannedPartnerHash(cell: Cell, submission: PartnerSubmission): Promise<string> {
  const unplanned = '0'.repeat(64);
  if (!isInReach(cell.place.relation) || cell.role !== 'admin') return unplanned;
  const actor = await Actor.of(cell.userId, null);
  return actor === null ? unplanned : (await planPartner(actor, submission)).planHash;
}

async function disabledUser(place: Place): Promise<string> {
  const userId = await addPerson(place);
  if (place.relation !== 'absent') {
    await asSystem('seed', (tx) => tx.user.update({ where: { id: userId }, data: { disabledAt: new Date() } }));
  }
  return userId;
}

async function connectionToSave({ place, world }: Cell) {
  const connectionId = await addConnection(place, world.simulator);
  return { connectionId, version: 1, ...connectionFields(world), name: `${place.marker} saved` };
}

function connectionFields({ simulator }: World) {
  return {
    shared: false,
    sandbox: true,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    settings: {
      tenantDomain: `${uuidv7()}.example`,
      clientId: `client-${uuidv7()}`,
      scope: 'api://scope/.default',
    },
    secrets: { clientSecret: `secret-${uuidv7()}` },
    requestsPerSecond: null,
    timeoutMs: 20_000,
  };
}

async function disabledConnection(cell: Cell): Promise<string> {
  const connectionId = await addConnection(cell.place, cell.world.simulator);
  if (cell.place.relation !== 'absent') {
    await asSystem('seed', (tx) =>
      tx.connection.update({ where: { id: connectionId }, data: { disabledAt: new Date() } }),
    );
  }
  return connectionId;
}

async function mappingToRemove(cell: Cell): Promise<string> {
  const id = uuidv7();
  if (cell.place.relation === 'absent') return id;
  const connectionId = await addConnection(cell.place, cell.world.simulator);
  const { belowId: partnerId } = cell.place;
  await asSystem('seed', (tx) => tx.mapping.create({ data: { id, connectionId, partnerId, externalId: uuidv7() } }));
  return id;
}

async function draftOf({ place, userId }: Cell): Promise<string> {
  const correlationId = uuidv7();
  if (place.relation === 'absent') return correlationId;
  const owner = place.relation === 'own' ? userId : place.userId;
  const { partnerId, marker } = place;
  await asSystem('seed', (tx) =>
    tx.draft.create({ data: { correlationId, userId: owner, partnerId, name: marker, content: { marker } } }),
  );
  return correlationId;
}

/** A partner of its own right below a place, with nothing in it. */
async function addBranch({ relation, partnerId, marker }: Place): Promise<string> {
  if (relation === 'absent') return uuidv7();
  return addPartner({ key: `${marker}-${uuidv7()}`, kind: 'reseller', parentId: partnerId });
}

async function disabledBranch(place: Place): Promise<string> {
  const id = await addBranch(place);
  if (place.relation !== 'absent') {
    await asSystem('seed', (tx) => tx.partner.update({ where: { id }, data: { disabledAt: new Date() } }));
  }
  return id;
}

function newcomer({ partnerId, marker }: Place) {
  return { partnerId, name: `${marker} new`, email: `${uuidv7()}@${marker}.example`, role: 'viewer' };
}

export const actionRows: Readonly<Record<ActionName, ActionRow>> = {
  'account.change-password': {
    input: async () => ({ currentPassword: personsPassword, newPassword: randomBytes(18).toString('base64url') }),
    audits: 'password.changed',
  },
  'account.set-time-zone': { input: async () => ({ timeZone: 'Europe/Lisbon' }), audits: 'user.changed' },
  'account.revoke-session': {
    // One's own second session; of any other relation the session of somebody there.
    async input({ place, userId }) {
      if (place.relation === 'absent') return { which: uuidv7() };
      return { which: await addSession(place.relation === 'own' ? userId : place.userId) };
    },
    audits: 'session.revoked',
    ofOthers: 'not-there',
  },
  'account.sign-out': { input: async () => ({}), audits: 'sign-out' },
  'partners.add': {
    input: async ({ place }) => ({ parentId: place.partnerId, kind: 'reseller', name: `${place.marker} ${uuidv7()}` }),
    audits: 'partner.created',
  },
  'partners.rename': {
    input: async ({ place }) => ({ partnerId: await addBranch(place), version: 1, name: `${place.marker} renamed` }),
    audits: 'partner.renamed',
  },
  'partners.disable': {
    input: async ({ place }) => ({ partnerId: await addBranch(place), version: 1 }),
    audits: 'partner.disabled',
  },
  'partners.enable': {
    input: async ({ place }) => ({ partnerId: await disabledBranch(place), version: 1 }),
    audits: 'partner.enabled',
  },
  'partners.move': {
    // One level up. Below the person's own partner is what a partner above has below it: no marker of the place.
    input: async ({ place }) => ({
      partnerId: await addBranch({ ...place, partnerId: place.belowId, marker: 'moving' }),
      parentId: place.partnerId,
      version: 1,
    }),
    audits: 'partner.moved',
  },
  'users.create': {
    input: async ({ place }) => ({ ...newcomer(place), password: null }),
    audits: 'user.created',
  },
  'users.invite': { input: async ({ place }) => newcomer(place), audits: 'invitation.made' },
  'users.invite-again': { input: async ({ place }) => ({ userId: await addPerson(place) }), audits: 'invitation.made' },
  'users.add-grant': {
    input: async ({ place }) => ({ userId: await addPerson(place), role: 'viewer', partnerId: place.partnerId }),
    audits: 'grant.added',
  },
  'users.remove-grant': {
    input: async ({ place }) => ({ userId: await addPerson(place), role: 'operator', partnerId: place.partnerId }),
    audits: 'grant.removed',
  },
  'users.disable': { input: async ({ place }) => ({ userId: await addPerson(place) }), audits: 'user.disabled' },
  'users.enable': { input: async ({ place }) => ({ userId: await disabledUser(place) }), audits: 'user.enabled' },
  'users.reset-password': {
    input: async ({ place }) => ({ userId: await addPerson(place), password: null }),
    audits: 'password.reset',
  },
  'connections.create': {
    input: async ({ place, world }) => ({
      partnerId: place.partnerId,
      vendor: 'cloud-cockpit',
      name: `${place.marker} new`,
      ...connectionFields(world),
    }),
    audits: 'connection.created',
  },
  'connections.edit': { input: connectionToSave, audits: 'connection.changed' },
  'connections.disable': {
    input: async ({ place, world }) => ({ connectionId: await addConnection(place, world.simulator), version: 1 }),
    audits: 'connection.disabled',
  },
  'connections.enable': {
    input: async (cell) => ({ connectionId: await disabledConnection(cell), version: 1 }),
    audits: 'connection.enabled',
  },
  'connections.test': {
    input: async ({ place, world }) => ({ connectionId: await addConnection(place, world.simulator) }),
    audits: 'connection.tested',
  },
  'mappings.set': {
    input: async ({ place, world }) => ({
      connectionId: await addConnection(place, world.simulator),
      partnerId: place.belowId,
      externalId: uuidv7(),
      externalName: 'Mapped',
      version: null,
    }),
    audits: 'mapping.set',
  },
  'mappings.read-names': {
    input: async ({ place, world }) => ({ connectionId: await addConnection(place, world.simulator) }),
    audits: { none: 'it reads, and keeps what it read' },
  },
  'mappings.remove': {
    input: async (cell) => ({ mappingId: await mappingToRemove(cell), version: 1 }),
    audits: 'mapping.removed',
  },
  'customers.edit': {
    input: async ({ place }) => ({ customerId: await addCustomer(place), version: 1, facts: factsOf(place) }),
    audits: 'customer.changed',
  },
  'onboardings.save-draft': {
    async input(cell) {
      const { correlationId, partnerId, facts, vendors } = await submissionOf(cell);
      const [vendor] = vendors;
      const services = [{ input: {}, retryOf: null }];
      const kept = { connectionId: vendor?.connectionId, input: {}, retryOf: null, services };
      return { correlationId, partnerId, customerId: null, facts, vendors: [kept] };
    },
    audits: { none: 'a draft is the person’s own until it is submitted' },
  },
  'onboardings.discard-draft': {
    input: async (cell) => ({ correlationId: await draftOf(cell) }),
    audits: { none: 'a draft is the person’s own until it is submitted' },
    ofOthers: 'ignored',
  },
  'onboardings.forget-choices': {
    input: async ({ place: { partnerId, connectionId } }) => ({ partnerId, connectionId }),
    audits: { none: 'how a form begins is nobody’s record' },
  },
  'onboardings.plan': { input: submissionOf, audits: { none: 'a plan changes nothing but the draft' } },
  'onboardings.submit': {
    async input(cell) {
      const submission = await submissionOf(cell);
      return { planHash: await plannedHash(cell, submission), submission };
    },
    audits: 'attempt.opened',
  },
  'services.plan': { input: (cell) => serviceOf(cell), audits: { none: 'a plan changes nothing but what is known' } },
  'services.submit': {
    async input(cell) {
      const submission = await serviceOf(cell);
      return { planHash: await plannedServiceHash(cell, submission), submission };
    },
    audits: 'attempt.opened',
  },
  'services.refresh': {
    input: ({ place, world }) => addAboard(place, world.avepoint),
    audits: { none: 'it reads, and keeps what it read' },
  },
  'vendor-partners.plan': {
    input: (cell) => partnerOf(cell),
    audits: { none: 'a plan changes nothing but what it read' },
  },
  'vendor-partners.submit': {
    async input(cell) {
      const submission = await partnerOf(cell);
      return { planHash: await plannedPartnerHash(cell, submission), submission };
    },
    audits: 'attempt.opened',
  },
  'attempts.check': {
    input: async (cell) => ({ attemptId: (await attemptAtVendor(cell, 'unknown')).attemptId }),
    audits: 'attempt.settled',
  },
  'attempts.settle-by-hand': {
    async input(cell) {
      const { attemptId } = await attemptAtVendor(cell, 'unknown');
      return { attemptId, state: 'refused', vendorId: null, note: 'The vendor told us on the phone.' };
    },
    audits: 'attempt.settled',
  },
  'attempts.find-candidates': {
    input: async (cell) => ({ attemptId: (await attemptAtVendor(cell, 'refused')).attemptId }),
    audits: { none: 'it reads' },
  },
  'attempts.adopt': { input: (cell) => attemptAtVendor(cell, 'refused'), audits: 'attempt.opened' },
};

export interface PageRow {
  readonly params?: (place: Place) => Readonly<Record<string, string>>;
  /** Queries of the page's address, each a cell of its own: what a list is filtered by, what a form begins with. */
  readonly queries?: (place: Place) => readonly Readonly<Record<string, string>>[];
  /** Repeats ids that people of the branch once asked for, as the record of refused accesses does. */
  readonly retells?: true;
  /** What the queries name decides, as a record's address would: a query about another branch is not there. */
  readonly namesSubject?: true;
}

const none = () => [{}];

/** Filters of the list of onboardings, each naming something of a place. */
const onboardingFilters = ({ partnerId, customerId, userId, correlationId, marker }: Place) => [
  {},
  { partner: partnerId },
  { customer: customerId },
  { actor: userId },
  { q: correlationId },
  { q: marker },
  { state: 'succeeded' },
];

/** Filters of the list of attempts: the same, and a few of its own. */
const attemptFilters = (place: Place) => [
  ...onboardingFilters(place),
  { connection: place.connectionId },
  { vendor: 'cloud-cockpit' },
  { needs: 'somebody' },
];

const customerFilters = ({ partnerId, customerId, marker }: Place) => [
  {},
  { partner: partnerId },
  { q: customerId },
  { q: marker },
  { country: 'PT' },
];

const auditFilters = ({ partnerId, userId, correlationId, marker }: Place) => [
  {},
  { partner: partnerId },
  { actor: userId },
  { q: correlationId },
  { q: marker },
  { action: 'export' },
  { verify: '1' },
];

/** Ids and names that a search must find, where they are within reach. */
const searches = ({ marker, correlationId, customerId, attemptId, connectionId, userId, partnerId }: Place) =>
  [marker, customerId, correlationId, attemptId, connectionId, `${marker}-${attemptId}`, userId, partnerId].map(
    (q) => ({ q }),
  );

export const pageRows: Readonly<Record<PagePath, PageRow>> = {
  '/sign-in': {},
  '/invite/[token]': { params: () => ({ token: 'a'.repeat(43) }) },
  '/': {},
  '/customers': { queries: customerFilters },
  '/customers/new': {
    queries: ({ partnerId, customerId }) => [{ partner: partnerId }, { customer: customerId }],
    namesSubject: true,
  },
  '/customers/[customerId]': { params: ({ customerId }) => ({ customerId }) },
  '/customers/[customerId]/services/new': {
    params: ({ customerId }) => ({ customerId }),
    queries: ({ aboardAtId }) => [{ connection: aboardAtId }],
  },
  '/onboardings': { queries: onboardingFilters },
  '/onboardings/[correlationId]': { params: ({ correlationId }) => ({ correlationId }) },
  '/attempts': { queries: attemptFilters },
  '/attempts/[attemptId]': { params: ({ attemptId }) => ({ attemptId }) },
  '/partners': { queries: ({ partnerId }) => [{ partner: partnerId }], namesSubject: true },
  '/connections': { queries: ({ marker }) => [{}, { q: marker }, { vendor: 'cloud-cockpit' }] },
  '/connections/new': {},
  '/connections/[connectionId]': { params: ({ connectionId }) => ({ connectionId }) },
  '/connections/[connectionId]/partners': { params: ({ connectionId }) => ({ connectionId }) },
  '/connections/[connectionId]/partners/new': { params: ({ connectionId }) => ({ connectionId }) },
  '/users': { queries: ({ marker }) => [{}, { q: marker }, { role: 'operator' }] },
  '/users/[userId]': { params: ({ userId }) => ({ userId }) },
  '/audit': { queries: auditFilters, retells: true },
  '/account': {},
  '/search': { queries: searches },
};

/** The queries of a page or handler about a place. */
export function queriesOf(row: PageRow, place: Place): readonly Readonly<Record<string, string>>[] {
  return (row.queries ?? none)(place);
}

export interface HandlerRow extends PageRow {
  /** The entry that a success leaves (S6), or why it leaves none. */
  readonly audits: AuditAction | { readonly none: string };
}

const reads = { none: 'it reads' } as const;

export const handlerRows: Readonly<Record<HandlerPath, HandlerRow>> = {
  '/api/health': { audits: reads },
  '/api/auth/[...nextauth]': { audits: { none: 'lib/auth writes the entries of sign-in and sign-out' } },
  '/api/search': { queries: searches, audits: reads },
  '/api/invitations': { audits: { none: 'lib/users writes the entry of somebody who is not signed in yet' } },
  '/api/partners/children': {
    queries: ({ partnerId }) => [{ parent: partnerId }, { parent: partnerId, end: 'last' }],
    namesSubject: true,
    audits: reads,
  },
  '/api/partners/search': { queries: ({ marker }) => [{ q: marker }], audits: reads },
  '/api/partners/[partnerId]/move': {
    params: ({ belowId }) => ({ partnerId: belowId }),
    queries: ({ partnerId }) => [{ to: partnerId }],
    audits: reads,
  },
  '/api/onboardings/[correlationId]': { params: ({ correlationId }) => ({ correlationId }), audits: reads },
  '/api/onboardings/[correlationId]/download': { params: ({ correlationId }) => ({ correlationId }), audits: 'export' },
  '/api/connections/[connectionId]/lookups/[name]': {
    params: ({ connectionId }) => ({ connectionId, name: 'resellers' }),
    audits: reads,
  },
  '/api/attempts/needing': { audits: reads },
  '/api/connections/[connectionId]/partners': {
    params: ({ connectionId }) => ({ connectionId }),
    queries: () => [{}, { search: 'cloud' }],
    audits: reads,
  },
  '/api/connections/[connectionId]/partners/[vendorPartnerId]': {
    params: ({ connectionId }) => ({ connectionId, vendorPartnerId: resellerThere }),
    audits: reads,
  },
  '/api/attempts/newer': {
    queries: (place) => attemptFilters(place).map((query) => ({ ...query, since: oldest })),
    audits: reads,
  },
  '/api/attempts/export': { queries: attemptFilters, audits: 'export' },
  '/api/customers/export': { queries: customerFilters, audits: 'export' },
  '/api/audit/export': { queries: auditFilters, retells: true, audits: 'export' },
};

/** An id older than every row. */
const oldest = '00000000-0000-7000-8000-000000000000';
