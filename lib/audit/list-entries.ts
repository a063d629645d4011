import 'server-only';
import { z } from 'zod';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inBranch } from '../lists/in-branch';
import {
  hitIds,
  idLanes,
  partnerIdLanes,
  partnerLanes,
  partnerWordLanes,
  type Source,
  withinPartners,
} from '../lists/lanes';
import { type ListPage, type Place, readPage } from '../lists/place';
import { likePrefix, type SearchTerm } from '../lists/search-term';
import { withinTime } from '../lists/within-time';
import { jsonSchema } from '../vendors/json-schema';
import type { AuditFilter } from './audit-filter';
import type { AuditRow, StoredEntry } from './audit-row';
import { nameObjects } from './name-objects';

const detailSchema = z.record(z.string(), jsonSchema).catch({});

/** What a search term stands for in the record. */
interface AuditTargets {
  readonly correlationIds: readonly string[];
  readonly actorIds: readonly string[];
}

/**
 * Audit entries of the actor's branch that match a filter, newest first.
 * @param tx the actor's transaction
 */
export async function listEntries(
  tx: ActorTx,
  { filter, place, size }: { readonly filter: AuditFilter; readonly place: Place; readonly size?: number },
): Promise<ListPage<AuditRow>> {
  const targets = await resolveAuditTerm(tx, filter.term);
  return readPage({ place, ...(size === undefined ? {} : { size }) }, (from, limit) =>
    readEntries(tx, { filter, targets, place: from, limit }),
  );
}

/** The correlation ids and people that a search term names; null without a term. */
export async function resolveAuditTerm(tx: ActorTx, term: SearchTerm | null): Promise<AuditTargets | null> {
  if (term === null) return null;
  if (term.id !== null) {
    const attempts = await tx.attempt.findMany({ where: { id: term.id }, select: { correlationId: true } });
    return { correlationIds: [term.id, ...attempts.map((attempt) => attempt.correlationId)], actorIds: [term.id] };
  }
  const people = await tx.$queryRaw<{ id: string }[]>`
    select u.id from app_user u where u.name ilike ${likePrefix(term.text)} and ${inBranch('u')} limit 50`;
  return { correlationIds: [], actorIds: people.map((person) => person.id) };
}

/** Up to `limit` entries next to a place, newest first, their objects named as the actor may see them. */
export async function readEntries(
  tx: ActorTx,
  given: {
    readonly filter: AuditFilter;
    readonly targets: AuditTargets | null;
    readonly place: Place;
    readonly limit: number;
  },
): Promise<readonly AuditRow[]> {
  const { filter, targets, place, limit } = given;
  const ids = hitIds({ table: 'audit_entry', sources: auditSources(filter, targets), place, limit });
  const rows = await tx.$queryRaw<
    (Omit<StoredEntry, 'at' | 'detail'> & { readonly at: Date; readonly detail: unknown })[]
  >(
    Prisma.sql`
    select r.id, r.seq::float8 as seq, r.at, r.partner_id as "partnerId", coalesce(p.name, '') as "partnerName",
      r.actor_id as "actorId", r.actor_name as "actorName", r.actor_role as "actorRole", r.actor_partner as "actorPartner",
      r.action, r.subject_kind as "subjectKind", r.subject_id as "subjectId", r.correlation_id as "correlationId",
      r.detail, encode(r.hash, 'hex') as hash
    from (${ids}) hit join audit_entry r on r.id = hit.id
    left join partner p on p.id = r.partner_id
    order by r.id desc`,
  );
  const entries = rows.map((row) => ({ ...row, at: row.at.toISOString(), detail: detailSchema.parse(row.detail) }));
  return nameObjects(tx, entries);
}

const onPartner = Prisma.sql`r.partner_id = lane.partner_id`;
const onActor = Prisma.sql`r.partner_id = lane.partner_id and r.actor_id = lane.id`;
const onAction = Prisma.sql`r.partner_id = lane.partner_id and r.action = lane.word`;
const onCorrelation = Prisma.sql`r.correlation_id = lane.id`;

function auditSources(filter: AuditFilter, targets: AuditTargets | null): readonly Source[] {
  const { actions, actorIds, partnerIds } = filter;
  if (filter.impossible) return [];
  const where = [
    ...(actions.length === 0 ? [] : [Prisma.sql`r.action = any (${[...actions]}::text[])`]),
    ...(actorIds.length === 0 ? [] : [Prisma.sql`r.actor_id = any (${[...actorIds]}::uuid[])`]),
    ...withinPartners(partnerIds),
    ...withinTime(filter.time, 'at'),
  ];
  if (targets !== null) {
    return [
      { lanes: idLanes(targets.correlationIds), on: onCorrelation, where },
      { lanes: partnerIdLanes(partnerIds, targets.actorIds), on: onActor, where },
    ];
  }
  if (actorIds.length > 0) return [{ lanes: partnerIdLanes(partnerIds, actorIds), on: onActor, where, walk: where }];
  if (actions.length > 0) return [{ lanes: partnerWordLanes(partnerIds, actions), on: onAction, where, walk: where }];
  return [{ lanes: partnerLanes(partnerIds), on: onPartner, where, walk: where }];
}
