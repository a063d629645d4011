import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { longestWaitMs, nextStep, pendingMs, readState } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import { type NewAttempt, openAttempts } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { makeVendorCall } from '../connections/vendor-call';
import { asActor } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import type { FoundCustomer } from '../vendors/found-customer';
import { VendorError } from '../vendors/http/vendor-error';
import { vendorProblemSchema } from '../vendors/problem-schema';
import { adapterFor } from '../vendors/registry';
import { withinBranch } from './evidence';
import { listPlanConnections, type PlanConnection } from './plan-connections';
import { loadAttempt, type StoredAttempt, toStoredAttempt } from './run-attempt';
import { readWithinReach } from './within-reach';

/**
 * Opens an adoption after a refusal: the customer exists at the vendor, and a person says which it is. The id is read at
 * the vendor first, must lie inside the mapping and the branch, and needs an admin unless it carries our key.
 * @returns the attempt to run
 * @throws NotFound, Forbidden; Conflict with a sentence when it cannot be adopted
 */
export async function openAdoption(actor: Actor, attemptId: string, vendorId: string): Promise<StoredAttempt> {
  const { attempt, connection, partnerId, customerId } = await requireAdoptable(actor, attemptId);
  const there = await readAtVendor(attempt, connection, vendorId);
  const visible = there === null ? [] : await withinBranch(actor, connection, [there]);
  const [chosen] = visible;
  if (chosen === undefined) {
    throw new Conflict('No customer with this id can be seen at the vendor. Nothing was changed.');
  }
  const permission = chosen.key === attempt.correlationId ? 'attempt.adopt' : 'attempt.adopt-by-name';
  const opened: NewAttempt = {
    attemptId: uuidv7(),
    connectionId: connection.connectionId,
    connectionName: connection.name,
    connectionVersion: connection.version,
    ownerPartnerId: connection.ownerPartnerId,
    vendor: connection.vendor,
    operation: 'adopt-customer',
    subject: chosen.vendorId,
    profile: connection.profile,
    mappingId: connection.mappingId,
    retryOf: attempt.id,
    pendingMs: pendingMs(connection.timeoutMs),
    facts: attempt.facts,
    input: attempt.input,
    secrets: {},
    request: { vendorId: chosen.vendorId },
  };
  await asActor(actor, async (tx) => {
    const role = await authorize(tx, actor, permission, partnerId);
    await openAttempts(tx, actor, role, {
      correlationId: attempt.correlationId,
      partnerId,
      customerId,
      newCustomer: null,
      hashes: null,
      attempts: [opened],
    });
  });
  return toStoredAttempt(opened, { correlationId: attempt.correlationId, partnerId });
}

interface Adoptable {
  readonly attempt: StoredAttempt;
  readonly connection: PlanConnection;
  readonly partnerId: string;
  readonly customerId: string;
}

/**
 * The attempt that an adoption would follow, and its connection as it is now.
 * @throws NotFound, Forbidden; Conflict when nothing can be adopted after it any more
 */
export async function requireAdoptable(actor: Actor, attemptId: string): Promise<Adoptable> {
  const found = await asActor(actor, async (tx) => {
    const row = await tx.attempt.findUnique({ where: { id: attemptId } });
    if (row === null) throw new NotFound();
    await authorize(tx, actor, 'attempt.adopt', row.partnerId);
    const problem = vendorProblemSchema.nullable().catch(null).parse(row.outcome);
    const step = nextStep({
      state: readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, new Date()),
      reason: problem?.kind ?? null,
      retryable: problem?.retryable ?? false,
      retried: row.retriedBy !== null,
      contradicted: row.contradicted,
      operation: row.operation,
    });
    const [connection] = await listPlanConnections(tx, actor, { partnerId: row.partnerId, only: [row.connectionId] });
    const { partnerId, customerId } = row;
    if (step !== 'adopt' || customerId === null || connection === undefined || connection.unusable !== null) {
      throw new Conflict('This attempt cannot be followed by an adoption any more. Reload its record.');
    }
    return { connection, partnerId, customerId };
  });
  return { ...found, attempt: await loadAttempt(attemptId) };
}

async function readAtVendor(
  attempt: StoredAttempt,
  connection: PlanConnection,
  vendorId: string,
): Promise<FoundCustomer | null> {
  try {
    const call = makeVendorCall({
      connection: await loadVendorConnection(attempt.connectionId),
      correlationId: attempt.correlationId,
      attemptId: attempt.id,
      signal: AbortSignal.timeout(longestWaitMs),
    });
    const { getCustomer } = adapterFor(attempt.vendor);
    return await readWithinReach((within) => getCustomer(call, vendorId, within), connection, attempt.correlationId);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    throw new Conflict('The vendor could not be read, so nothing was adopted. Try again in a moment.');
  }
}
