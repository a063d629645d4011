import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { createSession } from '../auth/session';
import { askAsSystem, asSystem, type SystemTx } from '../db/as-system';
import type { AvepointSimulator } from '../vendors/avepoint/simulator';
import type { CloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { demoData } from '../vendors/cloud-cockpit/simulator/state';
import type { CustomerFacts } from '../vendors/vendor';
import type { Place } from './matrix-place';
import { cockpitSubmission, ownWord } from './submissions';
import { addAvepoint, addCockpit, addUser, addVendorAccount } from './world';

/** Records of the places of the matrix, made straight in the database; of an absent place only their ids. */

/** Settings with which the simulator lets us in. */
export function cockpitSettings() {
  return { tenantDomain: demoData.tenantDomain, clientId: 'quayside-demo', scope: demoData.scope };
}

/** A user of a place, who holds a grant there. */
export async function addPerson(place: Place): Promise<string> {
  if (place.relation === 'absent') return uuidv7();
  const id = await addUser({ partnerId: place.partnerId, role: 'operator' });
  await asSystem('seed', (tx) =>
    tx.user.update({ where: { id }, data: { name: `${place.marker} ${id}`, email: `${id}@${place.marker}.example` } }),
  );
  return id;
}

/** A connection of a place, not shared, to the simulator. */
export async function addConnection(place: Place, simulator: CloudCockpitSimulator): Promise<string> {
  if (place.relation === 'absent') return uuidv7();
  const id = await addCockpit({
    ownerPartnerId: place.partnerId,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    shared: false,
    settings: cockpitSettings(),
  });
  await asSystem('seed', async (tx) => {
    await tx.connection.update({ where: { id }, data: { name: `${place.marker} ${id}` } });
    const tested = { ok: true, testedAt: new Date().toISOString(), customers: place.marker };
    await tx.connectionSetting.update({
      where: { connectionId: id },
      data: { testResult: tested, profile: place.marker },
    });
  });
  return id;
}

/** The facts of a customer, each with the marker where there is room for it. */
export function factsOf(place: Place): CustomerFacts {
  const { facts } = cockpitSubmission({ partnerId: place.partnerId, connectionId: place.connectionId });
  const { marker } = place;
  return {
    ...facts,
    name: `${marker} ${ownWord()}`,
    legalName: marker,
    city: marker,
    email: `office@${marker}.example`,
  };
}

/** A customer of a place, findable by the marker. */
export async function addCustomer(place: Place): Promise<string> {
  const id = uuidv7();
  if (place.relation === 'absent') return id;
  await asSystem('seed', async (tx) => {
    await tx.customer.create({ data: { id, partnerId: place.partnerId, ...factsOf(place) } });
    await tx.$executeRaw`select search_put('customer', ${id}::uuid, ${place.partnerId}::uuid, ${place.marker})`;
  });
  return id;
}

/** An AvePoint connection of a place's own, at which its customer is aboard. Returns the connection's id. */
export async function addAboardAt(place: Place, simulator: AvepointSimulator): Promise<string> {
  const { partnerId, customerId } = place;
  const { url: baseUrl, tokenUrl } = simulator;
  const connectionId = await addAvepoint({ ownerPartnerId: partnerId, baseUrl, tokenUrl, shared: false });
  const vendorId = simulator.control.customers()[0]?.id ?? '';
  await addVendorAccount({ partnerId, customerId, connectionId, vendorId });
  return connectionId;
}

/** The same for a new customer: what is asked about services. */
export async function addAboard(
  place: Place,
  simulator: AvepointSimulator,
): Promise<{ customerId: string; connectionId: string }> {
  if (place.relation === 'absent') return { customerId: uuidv7(), connectionId: uuidv7() };
  const customerId = await addCustomer(place);
  return { customerId, connectionId: await addAboardAt({ ...place, customerId }, simulator) };
}

/** Stands in every exchange's content and nowhere else. */
export const rawWord = 'zqraw-exchange';

interface AttemptFacts {
  readonly state: 'succeeded' | 'refused' | 'unknown';
  /** The id at the vendor that its connection's customer has, and our key there. */
  readonly correlationId?: string;
  readonly problem?: 'already-exists' | 'rejected';
  /** Made over a connection of another partner, as its mapping. */
  readonly over?: { readonly connectionId: string; readonly ownerPartnerId: string; readonly mappingId: string };
  /** What the customer is called in the form. */
  readonly name?: string;
}

/** An onboarding of a place with one attempt, its content and one exchange. */
export async function addAttempt(
  place: Place,
  facts: AttemptFacts,
): Promise<{ attemptId: string; correlationId: string }> {
  const ids = { attemptId: uuidv7(), correlationId: facts.correlationId ?? uuidv7() };
  if (place.relation === 'absent') return ids;
  await asSystem('seed', (tx) => insertAttempt(tx, place, { ...facts, ...ids }));
  return ids;
}

async function insertAttempt(
  tx: SystemTx,
  place: Place,
  {
    state,
    problem,
    over,
    name,
    attemptId,
    correlationId,
  }: AttemptFacts & { readonly attemptId: string; readonly correlationId: string },
): Promise<void> {
  const { partnerId, customerId, userId, marker } = place;
  const { connectionId, ownerPartnerId } = over ?? { connectionId: place.connectionId, ownerPartnerId: partnerId };
  const who = { actorId: userId, actorName: marker, actorRole: 'operator', actorPartner: marker };
  const past = new Date(Date.now() - 60_000);
  await tx.onboarding.create({
    data: { correlationId, id: uuidv7(), partnerId, customerId, planHash: 'p', requestHash: 'r', ...who },
  });
  const outcome = problem === undefined ? {} : { outcome: refusal(problem) };
  await tx.attempt.create({
    data: {
      id: attemptId,
      correlationId,
      partnerId,
      customerId,
      connectionId,
      ownerPartnerId,
      mappingId: over?.mappingId ?? null,
      connectionName: marker,
      connectionVersion: 1,
      vendor: 'cloud-cockpit',
      operation: 'create-customer',
      subject: `${marker} ${attemptId}`,
      state,
      deadline: past,
      sentAt: past,
      closedAt: past,
      vendorId: state === 'succeeded' ? `${marker}-${attemptId}` : null,
      vendorCorrelationId: marker,
      payloadHash: 'h',
      ...outcome,
      ...who,
    },
  });
  const facts = { ...factsOf(place), ...(name === undefined ? {} : { name }) };
  await tx.attemptContent.create({ data: { attemptId, partnerId, facts, input: {}, request: { body: marker } } });
  await tx.$executeRaw`select search_put('attempt', ${attemptId}::uuid, ${partnerId}::uuid, ${marker})`;
  const exchangeId = uuidv7();
  const measured = {
    startedAt: past,
    durationMs: 5,
    phase: 'answered',
    status: 200,
    requestBytes: 1,
    responseBytes: 1,
  };
  await tx.exchange.create({
    data: {
      id: exchangeId,
      attemptId,
      partnerId,
      ownerPartnerId,
      purpose: 'create',
      method: 'POST',
      contentHash: 'h',
      ...measured,
    },
  });
  const content = {
    url: `https://${marker}.example`,
    requestHeaders: {},
    requestBody: rawWord,
    responseHeaders: {},
    responseBody: marker,
  };
  await tx.exchangeContent.create({ data: { exchangeId, partnerId, ownerPartnerId, ...content } });
}

function refusal(kind: 'already-exists' | 'rejected') {
  return {
    kind,
    effect: kind === 'rejected' ? 'none' : 'earlier',
    status: 409,
    message: kind,
    params: {},
    fieldErrors: [],
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable: false,
  };
}

/** A live session of a user. */
export async function addSession(userId: string): Promise<string> {
  return askAsSystem('seed', (system) => createSession(system, { userId, address: '192.0.2.1', userAgent: 'matrix' }));
}
