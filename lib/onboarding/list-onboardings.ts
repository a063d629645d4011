import 'server-only';
import type { AttemptState } from '../attempts/attempt';
import { findAttemptTargets } from '../attempts/search-targets';
import { stateAsRead } from '../attempts/state-sql';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { hitIds } from '../lists/lanes';
import { type ListPage, type Place, readPage } from '../lists/place';
import type { OnboardingFilter } from './onboarding-filter';
import type { OnboardingRow } from './onboarding-row';
import { onboardingSources } from './onboarding-sources';

/** A page of onboardings, newest first, and whether the search term matched more than was looked through. */
export interface OnboardingPage extends ListPage<OnboardingRow> {
  readonly cut: boolean;
}

type StoredOnboarding = Omit<OnboardingRow, 'openedAt' | 'counts'> &
  Readonly<Record<AttemptState, number>> & { readonly openedAt: Date };

/**
 * Onboardings of the actor's branch that match a filter, newest first.
 * @param tx the actor's transaction
 */
export async function listOnboardings(
  tx: ActorTx,
  { filter, place, size }: { readonly filter: OnboardingFilter; readonly place: Place; readonly size?: number },
): Promise<OnboardingPage> {
  const targets = filter.term === null || filter.impossible ? null : await findAttemptTargets(tx, filter.term);
  const sources = onboardingSources(filter, targets);
  const page = await readPage({ place, ...(size === undefined ? {} : { size }) }, (from, limit) =>
    readOnboardingRows(tx, hitIds({ table: 'onboarding', sources, place: from, limit })),
  );
  return { ...page, cut: targets?.cut ?? false };
}

/** What an onboarding `o` without a customer is called: the partner at the vendor as its last attempt names it. */
export const nameOfPartner = Prisma.sql`case when o.customer_id is null then (
  select k.input ->> 'name' from attempt a join attempt_content k on k.attempt_id = a.id
  where a.correlation_id = o.correlation_id order by a.id desc limit 1) end`;

/** The onboardings that a query for ids names, newest first. */
async function readOnboardingRows(tx: ActorTx, ids: Prisma.Sql): Promise<readonly OnboardingRow[]> {
  const rows = await tx.$queryRaw<StoredOnboarding[]>(Prisma.sql`
    select o.id, o.correlation_id as "correlationId", o.customer_id as "customerId",
      coalesce(c.name, ${nameOfPartner}, '') as "customerName",
      o.partner_id as "partnerId", coalesce(p.name, '') as "partnerName", o.actor_id as "actorId",
      o.actor_name as "actorName", o.actor_role as "actorRole", o.actor_partner as "actorPartner", o.opened_at as "openedAt",
      n.waiting, n.pending, n.sent, n.succeeded, n.refused, n.unknown
    from (${ids}) hit join onboarding o on o.id = hit.id
    left join customer c on c.id = o.customer_id
    left join partner p on p.id = o.partner_id
    cross join lateral (
      select count(*) filter (where state = 'waiting')::integer as waiting,
        count(*) filter (where state = 'pending')::integer as pending,
        count(*) filter (where state = 'sent')::integer as sent,
        count(*) filter (where state = 'succeeded')::integer as succeeded,
        count(*) filter (where state = 'refused')::integer as refused,
        count(*) filter (where state = 'unknown')::integer as unknown
      from (select ${stateAsRead} as state from attempt r
        where r.correlation_id = o.correlation_id and r.retried_by is null) a
    ) n
    order by o.id desc`);
  return rows.map(({ waiting, pending, sent, succeeded, refused, unknown, openedAt, ...row }) => ({
    ...row,
    openedAt: openedAt.toISOString(),
    counts: { waiting, pending, sent, succeeded, refused, unknown },
  }));
}
