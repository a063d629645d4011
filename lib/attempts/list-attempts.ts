import 'server-only';
import { z } from 'zod';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { hitIds } from '../lists/lanes';
import { type ListPage, type Place, readPage } from '../lists/place';
import { storedRemarkSchema } from '../vendors/problem-schema';
import { type VendorKey, vendorErrorKinds } from '../vendors/vendor';
import { type AttemptState, nextStep, type Operation, reasonOf } from './attempt';
import type { AttemptFilter } from './attempt-filter';
import type { AttemptRow } from './attempt-row';
import { attemptSources } from './attempt-sources';
import { tookMs, vendorMs } from './duration-sql';
import { type AttemptTargets, findAttemptTargets } from './search-targets';
import { stateAsRead } from './state-sql';

/** What a list needs of a stored outcome; one that cannot be read counts as none rather than break the list. */
const problemSchema = z
  .object({ kind: z.enum(vendorErrorKinds), retryable: z.boolean() })
  .nullable()
  .catch(null);

interface StoredAttempt extends Omit<AttemptRow, 'reason' | 'nextStep' | 'remarked' | 'openedAt'> {
  readonly state: AttemptState;
  readonly vendor: VendorKey;
  readonly operation: Operation;
  readonly openedAt: Date;
  readonly wasSent: boolean;
  readonly wasRetried: boolean;
  readonly waited: boolean;
  readonly wasReleased: boolean;
  readonly outcome: unknown;
}

/** A page of attempts, newest first, and whether the search term matched more than was looked through. */
export interface AttemptPage extends ListPage<AttemptRow> {
  readonly cut: boolean;
}

/**
 * Attempts of the actor's branch that match a filter, newest first.
 * @param tx the actor's transaction
 */
export async function listAttempts(
  tx: ActorTx,
  { filter, place, size }: { readonly filter: AttemptFilter; readonly place: Place; readonly size?: number },
): Promise<AttemptPage> {
  const targets = await resolveTerm(tx, filter);
  const page = await readPage({ place, ...(size === undefined ? {} : { size }) }, (from, limit) =>
    readAttempts(tx, { filter, targets, place: from, limit }),
  );
  return { ...page, cut: targets?.cut ?? false };
}

/** What the search term of a filter stands for, or null without one. */
export async function resolveTerm(tx: ActorTx, filter: AttemptFilter): Promise<AttemptTargets | null> {
  return filter.term === null || filter.impossible ? null : findAttemptTargets(tx, filter.term);
}

/** Up to `limit` attempts next to a place, newest first. */
export async function readAttempts(
  tx: ActorTx,
  given: {
    readonly filter: AttemptFilter;
    readonly targets: AttemptTargets | null;
    readonly place: Place;
    readonly limit: number;
  },
): Promise<readonly AttemptRow[]> {
  const { filter, targets, place, limit } = given;
  const ids = hitIds({ table: 'attempt', sources: attemptSources(filter, targets), place, limit });
  return readAttemptRows(tx, ids);
}

/** The attempts that a query for ids names, newest first. */
export async function readAttemptRows(tx: ActorTx, ids: Prisma.Sql): Promise<readonly AttemptRow[]> {
  const rows = await tx.$queryRaw<StoredAttempt[]>(Prisma.sql`
    select r.id, r.correlation_id as "correlationId", ${stateAsRead} as state, r.contradicted,
      r.opened_at as "openedAt", ${tookMs} as "tookMs", ${vendorMs} as "vendorMs", r.vendor,
      r.connection_id as "connectionId", r.connection_name as "connectionName", r.operation,
      case when r.operation = 'add-service' then k.input ->> 'name' end as service,
      r.customer_id as "customerId", coalesce(c.name, k.input ->> 'name', '') as "customerName",
      r.partner_id as "partnerId", coalesce(p.name, '') as "partnerName",
      r.actor_id as "actorId", r.actor_name as "actorName", r.actor_role as "actorRole", r.actor_partner as "actorPartner",
      r.vendor_id as "vendorId", r.vendor_correlation_id as "vendorCorrelationId",
      r.sent_at is not null as "wasSent", r.retried_by is not null as "wasRetried", r.waits_for is not null as waited,
      r.released_at is not null as "wasReleased", r.outcome
    from (${ids}) hit join attempt r on r.id = hit.id
    left join customer c on c.id = r.customer_id
    left join attempt_content k on k.attempt_id = r.id and (r.customer_id is null or r.operation = 'add-service')
    left join partner p on p.id = r.partner_id
    order by r.id desc`);
  return rows.map(toAttemptRow);
}

function toAttemptRow(stored: StoredAttempt): AttemptRow {
  const { outcome, wasSent, wasRetried, waited, wasReleased, openedAt, ...row } = stored;
  const problem = problemSchema.parse(outcome);
  const kind = problem?.kind ?? null;
  const reason = reasonOf({ state: row.state, kind, wasSent, waited, released: wasReleased });
  return {
    ...row,
    reason,
    remarked: row.state === 'succeeded' && storedRemarkSchema.parse(outcome) !== null,
    openedAt: openedAt.toISOString(),
    nextStep: nextStep({
      state: row.state,
      reason,
      retryable: problem?.retryable ?? false,
      retried: wasRetried,
      contradicted: row.contradicted,
      operation: row.operation,
    }),
  };
}
