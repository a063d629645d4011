import 'server-only';
import { longestWaitMs, readState } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import { settleAttempt } from '../attempts/attempt-store';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import type { Permission, Role } from '../auth/permissions';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { makeVendorCall } from '../connections/vendor-call';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { lookForService } from '../services/look-for-service';
import { customerOfSubject } from '../services/service-intent';
import { catalogEntry } from '../vendors/catalog';
import type { RecordedExchange } from '../vendors/exchange';
import type { FoundCustomer } from '../vendors/found-customer';
import { VendorError } from '../vendors/http/vendor-error';
import { withinBranch } from './evidence';
import { lookAtVendor } from './look-at-vendor';
import { listPlanConnections } from './plan-connections';
import type { CheckAnswer } from './record-view';
import { loadAttempt } from './run-attempt';
import { thingOf } from './thing-of-attempt';
import { readWithinReach } from './within-reach';

interface Settleable {
  readonly role: Role;
  readonly partnerId: string;
  readonly connectionId: string;
  readonly state: ReturnType<typeof readState>;
  readonly contradicted: boolean;
  readonly operation: string;
  readonly subject: string;
}

/** @throws NotFound outside the branch; Forbidden without the role */
async function requireAttempt(
  tx: ActorTx,
  actor: Actor,
  { attemptId, permission }: { readonly attemptId: string; readonly permission: Permission },
): Promise<Settleable> {
  const row = await tx.attempt.findUnique({
    where: { id: attemptId },
    select: {
      partnerId: true,
      connectionId: true,
      state: true,
      deadline: true,
      contradicted: true,
      operation: true,
      subject: true,
    },
  });
  if (row === null) throw new NotFound();
  const role = await authorize(tx, actor, permission, row.partnerId);
  const state = readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, new Date());
  const { partnerId, connectionId, contradicted, operation, subject } = row;
  return { role, partnerId, connectionId, state, contradicted, operation, subject };
}

/**
 * Looks an unknown attempt up at the vendor. Found by our key: settled as succeeded. Not found is no proof, as the vendor
 * may lag: the look-up is kept and the attempt stays unknown until a person decides.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict when the connection cannot be used
 */
export async function checkAttempt(actor: Actor, attemptId: string): Promise<CheckAnswer> {
  const target = await asActor(actor, (tx) => requireAttempt(tx, actor, { attemptId, permission: 'attempt.check' }));
  if (target.state !== 'unknown' && !target.contradicted) return { kind: 'already-settled' };
  const exchanges: RecordedExchange[] = [];
  if (target.operation === 'add-service') return checkService(actor, target, attemptId);
  const sight = await lookAtVendor(await loadAttempt(attemptId), exchanges);
  const keep = { attemptId, how: 'look-up', note: null, exchanges, by: { actor, role: target.role } } as const;
  if (sight.kind === 'ours') {
    const state = await settleAttempt({ ...keep, state: 'succeeded', vendorId: sight.vendorId });
    if (state === 'taken') throw new Conflict(takenSentence);
    return state === null ? { kind: 'already-settled' } : { kind: 'settled', state: 'succeeded' };
  }
  await settleAttempt({ ...keep, state: null, vendorId: null });
  if (sight.kind === 'failed') return sight;
  const visible = await visibleOf(actor, target, sight.found);
  return {
    kind: 'not-found-yet',
    found: visible.map(({ vendorId, name, country }) => ({ vendorId, name, country })),
  };
}

/** A service has no slot for our key: what the vendor shows is kept as evidence, and a person decides. */
async function checkService(actor: Actor, { role }: Settleable, attemptId: string): Promise<CheckAnswer> {
  const exchanges: RecordedExchange[] = [];
  const sight = await lookForService(await loadAttempt(attemptId), exchanges);
  const by = { actor, role };
  await settleAttempt({ attemptId, how: 'look-up', note: null, exchanges, by, state: null, vendorId: null });
  if (sight.kind === 'failed') return sight;
  const { name, there, before } = sight;
  return { kind: 'service', name, there: there.map(({ facts }) => facts), before };
}

/** What of the vendor's customers the actor may be shown: a shared connection must not become a window. */
async function visibleOf(actor: Actor, target: Settleable, found: readonly FoundCustomer[]) {
  const [connection] = await asActor(actor, (tx) =>
    listPlanConnections(tx, actor, { partnerId: target.partnerId, only: [target.connectionId] }),
  );
  if (connection === undefined) return [];
  // A vendor that knows no mapping cannot say whose a hit is: below the owner nothing but our own key is shown.
  const saysWhose = connection.seesAll || catalogEntry(connection.vendor)?.mapping != null;
  return withinBranch(actor, connection, saysWhose ? found : found.filter((one) => one.match === 'key'));
}

const takenSentence =
  'The vendor’s id belongs to another customer here already. Nothing was changed; compare the two records.';

export interface SettleByHand {
  readonly attemptId: string;
  readonly state: 'succeeded' | 'refused';
  /** The id at the vendor, when it succeeded. */
  readonly vendorId: string | null;
  /** Why: at least ten characters. */
  readonly note: string;
}

/**
 * A person with the right decides an unknown (or contradicted) attempt, with a note. A named id is confirmed at the
 * vendor first, so that a slip of the hand does not link the wrong customer.
 * @throws NotFound, Forbidden; Conflict with a sentence when it is not unknown any more or the id is not there
 */
export async function settleByHand(actor: Actor, settling: SettleByHand): Promise<'succeeded' | 'refused'> {
  const { attemptId, state, note } = settling;
  const target = await asActor(actor, (tx) =>
    requireAttempt(tx, actor, { attemptId, permission: 'attempt.settle-by-hand' }),
  );
  if (target.state !== 'unknown' && !target.contradicted) throw new Conflict(settledSentence);
  const isService = target.operation === 'add-service';
  // A service has no id of its own: it is the customer's.
  const vendorId = isService ? customerOfSubject(target.subject) : settling.vendorId;
  if (state === 'succeeded' && vendorId === null) throw new Conflict('Enter the id that it has at the vendor.');
  const exchanges: RecordedExchange[] = [];
  if (state === 'succeeded' && vendorId !== null && !isService)
    await confirmAtVendor(actor, target, { attemptId, vendorId, exchanges });
  const settled = await settleAttempt({
    attemptId,
    state,
    how: 'by-hand',
    vendorId: state === 'succeeded' ? vendorId : null,
    note,
    exchanges,
    by: { actor, role: target.role },
  });
  if (settled === 'taken') throw new Conflict(takenSentence);
  if (settled === null) throw new Conflict(settledSentence);
  return state;
}

const settledSentence = 'This attempt is settled already. Reload its record to see how.';

async function confirmAtVendor(
  actor: Actor,
  target: Settleable,
  { attemptId, vendorId, exchanges }: { attemptId: string; vendorId: string; exchanges: RecordedExchange[] },
): Promise<void> {
  const attempt = await loadAttempt(attemptId);
  const call = makeVendorCall({
    connection: await loadVendorConnection(attempt.connectionId),
    correlationId: attempt.correlationId,
    attemptId,
    signal: AbortSignal.timeout(longestWaitMs),
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const sentence = `No ${target.operation === 'add-partner' ? 'partner' : 'customer'} with this id can be seen at the vendor.`;
  const missing = { vendorId: [sentence] };
  try {
    const [connection] = await asActor(actor, (tx) =>
      listPlanConnections(tx, actor, { partnerId: target.partnerId, only: [target.connectionId] }),
    );
    const reader = { seesAll: connection?.seesAll ?? false, mappingId: attempt.context.mappingId };
    const read = (within: string | null) => thingOf(attempt).get(call, vendorId, within);
    const there = connection === undefined ? null : await readWithinReach(read, reader, attempt.correlationId);
    if (there === null) throw new Conflict(`${sentence} Nothing was changed.`, missing);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    throw new Conflict(
      'The vendor could not be read, so the id could not be confirmed. Nothing was changed; try again.',
    );
  }
}
