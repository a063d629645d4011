import 'server-only';
import { systemStatement } from '../db/as-system';
import { log } from '../log';
import type { RecordedExchange } from '../vendors/exchange';
import { refusalCode } from '../vendors/http/refusal-inside';
import { VendorError } from '../vendors/http/vendor-error';

/** How long a connection rests before one request tries whether the vendor is back, in milliseconds. */
export const restMs = 15_000;
/** For how long that one request keeps the others waiting. */
const probeMs = 25_000;
/** How long a process takes a connection for healthy without asking, in milliseconds. */
const freshMs = 1_000;

interface Known {
  /** Until when it rests, epoch milliseconds; 0 when it does not. */
  readonly restingUntil: number;
  readonly readAt: number;
  /** A failure has been counted here: the next answer says that it is over. */
  readonly failing: boolean;
}

const known = new Map<string, Known>();
const most = 1_000;

function keep(connectionId: string, restingUntil: Date | null, failing: boolean): Known {
  const entry = { restingUntil: restingUntil?.getTime() ?? 0, readAt: Date.now(), failing };
  const [oldest] = known.keys();
  if (known.size >= most && oldest !== undefined) known.delete(oldest);
  known.delete(connectionId);
  known.set(connectionId, entry);
  return entry;
}

/**
 * Lets a request pass, unless its connection rests because the vendor did not answer lately (over all processes).
 * @throws VendorError `unreachable`, message `resting`, with the seconds that are left: nothing was sent
 */
export async function requireAwake(connectionId: string, vendor: string): Promise<void> {
  const entry = known.get(connectionId);
  const fresh = entry !== undefined && Date.now() - entry.readAt < freshMs;
  const resting = fresh ? entry : await read(connectionId, entry?.failing ?? false);
  const leftMs = resting.restingUntil - Date.now();
  if (leftMs <= 0) return;
  const seconds = Math.max(1, Math.ceil(leftMs / 1_000));
  throw new VendorError({
    kind: 'unreachable',
    effect: 'none',
    status: null,
    message: 'resting',
    params: { vendor, step: 'create', effect: 'none', status: 'none', reason: 'resting', retryAfter: String(seconds) },
    fieldErrors: [],
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: seconds,
    retryable: true,
  });
}

async function read(connectionId: string, failing: boolean): Promise<Known> {
  const [row] = await systemStatement<{ until: Date | null }>('call vendor', {
    name: 'connection_rests',
    text: 'select connection_rests($1::uuid, $2) as until',
    values: [connectionId, probeMs],
  });
  const until = row?.until ?? null;
  const entry = keep(connectionId, until, failing || until !== null);
  // Whoever was let through after a rest tries alone: the next one in this process asks again.
  if (until === null && entry.failing) known.set(connectionId, { ...entry, readAt: 0 });
  return entry;
}

/** Did the vendor fail to answer, as against saying no? Its own faults (5xx, 408) count; being turned away (429) does not. */
export function isOutage(exchange: Pick<RecordedExchange, 'failure' | 'status'>): boolean {
  const { failure, status } = exchange;
  // A no within an answer is an answer.
  if (failure !== null && refusalCode(failure) === null)
    return !['QUAYSIDE_ADDRESS_REFUSED', 'aborted', 'too-large'].includes(failure);
  return status === 408 || (status !== null && status >= 500);
}

/** Counts what became of a request. A connection without trouble costs nothing here. Never throws. */
export async function noteExchange(connectionId: string, exchange: RecordedExchange): Promise<void> {
  const outage = isOutage(exchange);
  if (!outage && known.get(connectionId)?.failing !== true) return;
  try {
    if (outage) {
      const [row] = await systemStatement<{ until: Date | null }>('call vendor', {
        name: 'connection_failed',
        text: 'select connection_failed($1::uuid, $2) as until',
        values: [connectionId, restMs],
      });
      keep(connectionId, row?.until ?? null, true);
    } else {
      await wakeConnection(connectionId);
    }
  } catch (error) {
    log.warn({ error, connectionId }, 'the health of a connection was not noted');
  }
}

/** The vendor answers again, or somebody has tested or edited the connection: it is in use at once. */
export async function wakeConnection(connectionId: string): Promise<void> {
  await systemStatement('call vendor', {
    name: 'connection_answered',
    text: 'delete from connection_health where connection_id = $1::uuid',
    values: [connectionId],
  });
  keep(connectionId, null, false);
}

/** Until when each of these connections rests; those that do not are left out. */
export async function restingConnections(connectionIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await systemStatement<{ connection_id: string; resting_until: Date }>('call vendor', {
    name: 'connections_resting',
    text: `select connection_id, resting_until from connection_health
      where connection_id = any ($1::uuid[]) and resting_until > clock_timestamp()`,
    values: [connectionIds],
  });
  return new Map(rows.map((row) => [row.connection_id, row.resting_until]));
}

/** Forgets what this process knows; for tests that stand for another process. */
export function forgetHealth(): void {
  known.clear();
}
