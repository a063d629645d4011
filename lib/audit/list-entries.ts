import 'server-only';
import { z } from 'zod';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import {
  hitIds,
  idLanes,
  partnerIdLanes,
  partnerLanes,
  partnerWordLanes,
  type Source,
  withinPartners,
  wordLanes,
} from '../lists/lanes';
import { type ListPage, type Place, readPage } from '../lists/place';
import { withinTime } from '../lists/within-time';
import { jsonSchema } from '../vendors/json-schema';
import type { AuditFilter } from './audit-filter';
import type { AuditRow, StoredEntry } from './audit-row';
import { type AuditTargets, findAuditTargets } from './audit-targets';
import { nameObjects } from './name-objects';

const detailSchema = z.record(z.string(), jsonSchema).catch({});

/** A page of entries, newest first, and whether the search term stands for more than was looked through. */
export interface EntryPage extends ListPage<AuditRow> {
  readonly cut: boolean;
}

/**
 * Audit entries of the actor's branch that match a filter, newest first.
 * @param tx the actor's transaction
 */
export async function listEntries(
  tx: ActorTx,
  { filter, place, size }: { readonly filter: AuditFilter; readonly place: Place; readonly size?: number },
): Promise<EntryPage> {
  const targets = await findAuditTargets(tx, filter.term);
  const page = await readPage({ place, ...(size === undefined ? {} : { size }) }, (from, limit) =>
    readEntries(tx, { filter, targets, place: from, limit }),
  );
  return { ...page, cut: targets?.cut ?? false };
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
// An object has entries in the chains of a few partners at most.
const onSubject = Prisma.sql`r.subject_id = lane.word and r.subject_kind <> 'attempt'`;
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
      { lanes: wordLanes(targets.subjectIds), on: onSubject, where },
    ];
  }
  if (actorIds.length > 0) return [{ lanes: partnerIdLanes(partnerIds, actorIds), on: onActor, where, walk: where }];
  if (actions.length > 0) return [{ lanes: partnerWordLanes(partnerIds, actions), on: onAction, where, walk: where }];
  return [{ lanes: partnerLanes(partnerIds), on: onPartner, where, walk: where }];
}
