import 'server-only';
import type { AttemptTargets } from '../attempts/search-targets';
import { inOpenIndex, readsAsOneOf } from '../attempts/state-sql';
import { Prisma } from '../db/generated/client';
import { idLanes, openLanes, partnerIdLanes, partnerLanes, type Source, withinPartners } from '../lists/lanes';
import { withinTime } from '../lists/within-time';
import type { OnboardingFilter } from './onboarding-filter';

const onCorrelation = Prisma.sql`r.correlation_id = lane.id`;
const onCustomer = Prisma.sql`r.customer_id = lane.id`;
const onActor = Prisma.sql`r.partner_id = lane.partner_id and r.actor_id = lane.id`;

/** An attempt of `r` that nobody retried reads as one of these states. */
function hasState(filter: OnboardingFilter): Prisma.Sql {
  return Prisma.sql`exists (select from (select * from attempt where correlation_id = r.correlation_id) r
    where r.retried_by is null and ${readsAsOneOf(filter.states)})`;
}

/** The index stretches that hold what a filter asks for; the rest of the filter is a condition. */
export function onboardingSources(filter: OnboardingFilter, targets: AttemptTargets | null): readonly Source[] {
  const { states, actorIds, customerIds, partnerIds } = filter;
  if (filter.impossible) return [];
  const where = [
    ...(states.length === 0 ? [] : [hasState(filter)]),
    ...(actorIds.length === 0 ? [] : [Prisma.sql`r.actor_id = any (${[...actorIds]}::uuid[])`]),
    ...(customerIds.length === 0 ? [] : [Prisma.sql`r.customer_id = any (${[...customerIds]}::uuid[])`]),
    ...withinPartners(partnerIds),
    ...withinTime(filter.time, 'opened_at'),
  ];
  if (targets !== null) return targetSources(filter, targets, where);
  if (customerIds.length > 0) return [{ lanes: idLanes(customerIds), on: onCustomer, where }];
  if (states.length > 0 && !states.some((state) => state === 'succeeded' || state === 'refused')) {
    // Open attempts are few, and have an index of their own.
    const sql = Prisma.sql`select distinct r.correlation_id as id from (${openLanes(partnerIds).sql}) lane
      join attempt r on r.partner_id = lane.partner_id where ${inOpenIndex} and ${readsAsOneOf(states)}`;
    return [{ lanes: { sql, ofBranch: false, below: [] }, on: onCorrelation, where }];
  }
  if (actorIds.length > 0) return [{ lanes: partnerIdLanes(partnerIds, actorIds), on: onActor, where, walk: where }];
  return [{ lanes: partnerLanes(partnerIds), on: Prisma.sql`r.partner_id = lane.partner_id`, where, walk: where }];
}

function targetSources(
  filter: OnboardingFilter,
  targets: AttemptTargets,
  where: readonly Prisma.Sql[],
): readonly Source[] {
  const { attemptIds, correlationIds, customerIds, actorIds, vendorWords } = targets;
  const ofAttempts = Prisma.sql`
    select correlation_id as id from attempt where id = any (${[...attemptIds]}::uuid[])
    union select correlation_id from attempt where vendor_id = any (${[...vendorWords]}::text[])
    union select correlation_id from attempt where vendor_correlation_id = any (${[...vendorWords]}::text[])
    union select unnest(${[...correlationIds]}::uuid[])`;
  return [
    { lanes: { sql: ofAttempts, ofBranch: false, below: [] }, on: onCorrelation, where },
    { lanes: idLanes(customerIds), on: onCustomer, where },
    { lanes: partnerIdLanes(filter.partnerIds, actorIds), on: onActor, where },
  ];
}
