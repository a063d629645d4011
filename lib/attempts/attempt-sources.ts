import 'server-only';
import { Prisma } from '../db/generated/client';
import {
  idLanes,
  openLanes,
  partnerIdLanes,
  partnerLanes,
  type Source,
  withinPartners,
  wordLanes,
} from '../lists/lanes';
import { withinTime } from '../lists/within-time';
import { vendorKeys } from '../vendors/vendor';
import { operations } from './attempt';
import type { AttemptFilter } from './attempt-filter';
import { needsSomebodySources } from './needs-somebody';
import type { AttemptTargets } from './search-targets';
import { inOpenIndex, inRefusedIndex, readsAsOneOf } from './state-sql';

const onConnection = Prisma.sql`r.partner_id = lane.partner_id and r.connection_id = lane.id`;
const onActor = Prisma.sql`r.partner_id = lane.partner_id and r.actor_id = lane.id`;
const onCustomer = Prisma.sql`r.customer_id = lane.id`;
const onPartner = Prisma.sql`r.partner_id = lane.partner_id`;
const onVendor = Prisma.sql`r.partner_id = lane.partner_id and r.vendor = lane.vendor and r.operation = lane.operation`;

/** Every restriction of a filter, as conditions of a row `r`; the search term apart. */
function conditions(filter: AttemptFilter): readonly Prisma.Sql[] {
  const { vendors, connectionIds, operations: chosen, states, actorIds, customerIds } = filter;
  return [
    ...(vendors.length === 0 ? [] : [Prisma.sql`r.vendor = any (${[...vendors]}::text[])`]),
    ...(connectionIds.length === 0 ? [] : [Prisma.sql`r.connection_id = any (${[...connectionIds]}::uuid[])`]),
    ...(chosen.length === 0 ? [] : [Prisma.sql`r.operation = any (${[...chosen]}::text[])`]),
    ...(states.length === 0 ? [] : [readsAsOneOf(states)]),
    ...(actorIds.length === 0 ? [] : [Prisma.sql`r.actor_id = any (${[...actorIds]}::uuid[])`]),
    ...(customerIds.length === 0 ? [] : [Prisma.sql`r.customer_id = any (${[...customerIds]}::uuid[])`]),
    ...withinPartners(filter.partnerIds),
    ...withinTime(filter.time, 'opened_at'),
  ];
}

/**
 * The index stretches that hold what a filter asks for, the narrowest kind first; the rest of the filter is a condition.
 * @param targets what the search term stands for, or null without a term
 */
export function attemptSources(filter: AttemptFilter, targets: AttemptTargets | null): readonly Source[] {
  if (filter.impossible) return [];
  const where = conditions(filter);
  if (filter.needsSomebody) {
    return needsSomebodySources(filter.partnerIds, targets === null ? where : [...where, isTarget(targets)]);
  }
  if (targets !== null) return targetSources(filter, targets, where);
  const { partnerIds, customerIds, connectionIds, actorIds, states } = filter;
  const partners = partnerLanes(partnerIds);
  if (customerIds.length > 0) return [{ lanes: idLanes(customerIds), on: onCustomer, where }];
  if (states.length > 0 && !states.includes('succeeded')) {
    return [
      { lanes: openLanes(partnerIds), on: onPartner, where: [inOpenIndex, ...where] },
      ...(states.includes('refused') ? [{ lanes: partners, on: onPartner, where: [inRefusedIndex, ...where] }] : []),
    ];
  }
  if (connectionIds.length > 0)
    return [{ lanes: partnerIdLanes(partnerIds, connectionIds), on: onConnection, where, walk: where }];
  if (actorIds.length > 0) return [{ lanes: partnerIdLanes(partnerIds, actorIds), on: onActor, where, walk: where }];
  if (filter.vendors.length > 0 || filter.operations.length > 0) {
    const chosenVendors = filter.vendors.length === 0 ? vendorKeys : filter.vendors;
    const chosenOperations = filter.operations.length === 0 ? operations : filter.operations;
    const sql = Prisma.sql`select p.partner_id, v.vendor, o.operation from (${partners.sql}) p
      cross join unnest(${[...chosenVendors]}::text[]) v (vendor)
      cross join unnest(${[...chosenOperations]}::text[]) o (operation)`;
    return [{ lanes: { sql, ofBranch: true, below: partnerIds }, on: onVendor, where, walk: where }];
  }
  return [{ lanes: partners, on: onPartner, where, walk: where }];
}

function targetSources(
  filter: AttemptFilter,
  targets: AttemptTargets,
  where: readonly Prisma.Sql[],
): readonly Source[] {
  const { attemptIds, correlationIds, customerIds, connectionIds, actorIds, vendorWords } = targets;
  const source = (values: readonly string[], make: () => Omit<Source, 'where'>): readonly Source[] =>
    values.length === 0 ? [] : [{ ...make(), where }];
  const vendorWord = (on: Prisma.Sql) => source(vendorWords, () => ({ lanes: wordLanes(vendorWords), on }));
  return [
    ...source(attemptIds, () => ({ lanes: idLanes(attemptIds), on: Prisma.sql`r.id = lane.id` })),
    ...source(correlationIds, () => ({ lanes: idLanes(correlationIds), on: Prisma.sql`r.correlation_id = lane.id` })),
    ...source(customerIds, () => ({ lanes: idLanes(customerIds), on: onCustomer })),
    ...source(connectionIds, () => ({ lanes: partnerIdLanes(filter.partnerIds, connectionIds), on: onConnection })),
    ...source(actorIds, () => ({ lanes: partnerIdLanes(filter.partnerIds, actorIds), on: onActor })),
    ...vendorWord(Prisma.sql`r.vendor_id = lane.word`),
    ...vendorWord(Prisma.sql`r.vendor_correlation_id = lane.word`),
  ];
}

/** The same as one condition, for the few rows of a list that has an index of its own. */
function isTarget(targets: AttemptTargets): Prisma.Sql {
  const { attemptIds, correlationIds, customerIds, connectionIds, actorIds, vendorWords } = targets;
  return Prisma.sql`(r.id = any (${[...attemptIds]}::uuid[]) or r.correlation_id = any (${[...correlationIds]}::uuid[])
    or r.customer_id = any (${[...customerIds]}::uuid[]) or r.connection_id = any (${[...connectionIds]}::uuid[])
    or r.actor_id = any (${[...actorIds]}::uuid[]) or r.vendor_id = any (${[...vendorWords]}::text[])
    or r.vendor_correlation_id = any (${[...vendorWords]}::text[]))`;
}
