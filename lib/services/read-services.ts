import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor';
import { ConnectionUnusable } from '../connections/connection-unusable';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from '../connections/mark-connection-broken';
import { makeVendorCall } from '../connections/vendor-call';
import { asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import type { RecordedExchange } from '../vendors/exchange';
import { VendorError } from '../vendors/http/vendor-error';
import type { VendorProblem } from '../vendors/vendor';
import type { FoundService } from '../vendors/vendor-services';
import { keepServices } from './known-services';
import { requireServiceCustomer, type ServiceCustomer } from './service-customer';
import type { ServiceRefresh } from './service-plan-view';

/** Longest a reading waits for the vendor, in milliseconds. */
const readMs = 12_000;

export type ServicesRead =
  | { readonly kind: 'read'; readonly found: readonly FoundService[] }
  | { readonly kind: 'failed'; readonly problem: VendorProblem };

/**
 * Reads the services of a customer at the vendor and keeps them. Reads only.
 * @param about.exchanges receives what travelled, for an attempt's record
 * @throws ConnectionUnusable when nothing may be sent over the connection now
 */
export async function readServices(
  target: ServiceCustomer,
  about: {
    readonly correlationId: string;
    readonly attemptId?: string;
    readonly exchanges?: RecordedExchange[];
  },
): Promise<ServicesRead> {
  const { connectionId } = target.connection;
  const connection = await loadVendorConnection(connectionId);
  const call = makeVendorCall({
    connection,
    correlationId: about.correlationId,
    attemptId: about.attemptId ?? null,
    signal: AbortSignal.timeout(readMs),
    onExchange: (exchange) => about.exchanges?.push(exchange),
  });
  try {
    const found = await target.services.listServices(call, target.vendorCustomerId);
    const { customerId, partnerId } = target;
    await keepServices({ customerId, connectionId, partnerId }, found);
    return { kind: 'read', found };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { problem } = error;
    if (isSignInRefused(problem)) {
      await markConnectionBroken({ connectionId, version: connection.version, reason: problem.message });
    }
    return { kind: 'failed', problem };
  }
}

/**
 * Reads the services of a customer anew, because somebody asked.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict when the connection cannot be used
 */
export async function refreshServices(
  actor: Actor,
  about: { readonly customerId: string; readonly connectionId: string },
): Promise<ServiceRefresh> {
  const target = await asActor(actor, async (tx) => {
    const found = await requireServiceCustomer(tx, actor, about);
    return found;
  });
  if (target.connection.unusable === 'mapping-missing') {
    throw new Conflict('This partner is not mapped at the connection. Nothing was read.');
  }
  if (target.connection.unusable !== null) throw new ConnectionUnusable(target.connection.unusable);
  const read = await readServices(target, { correlationId: uuidv7() });
  return read.kind === 'read' ? { kind: 'read', count: read.found.length } : read;
}
