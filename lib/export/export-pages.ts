import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { firstPlace, type Place, parseId } from '../lists/place';

/** Rows of one transaction: an export of any size holds no transaction open for long. */
export const exportPageSize = 1_000;

/**
 * Reads a list to its end, page by page, each in its own transaction. The audit entry commits with the first page, so
 * that nothing leaves unrecorded. Rows that come meanwhile are newer than the first page and are not in the file.
 * @param list the word for the list in the audit entry
 * @param query the list's URL parameters, for the audit entry
 * @param read reads up to `limit` rows next to a place, newest first
 */
export async function* exportPages<Row extends { readonly id: string }>(given: {
  readonly actor: Actor;
  readonly list: 'attempts' | 'customers' | 'audit';
  readonly query: URLSearchParams;
  readonly read: (tx: ActorTx, place: Place, limit: number) => Promise<readonly Row[]>;
}): AsyncGenerator<readonly Row[], void, undefined> {
  const { actor, list, query, read } = given;
  let place: Place = firstPlace;
  for (let first = true; ; first = false) {
    const rows = await asActor(actor, async (tx) => {
      if (first) await recordExport(tx, actor, { list, query });
      return read(tx, place, exportPageSize);
    });
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < exportPageSize) return;
    place = { after: last.id, before: null };
  }
}

async function recordExport(
  tx: ActorTx,
  actor: Actor,
  { list, query }: { readonly list: string; readonly query: URLSearchParams },
): Promise<void> {
  await appendAuditEntry(tx, {
    partnerId: actor.partnerId,
    action: 'export',
    subject: { kind: 'list', id: list },
    detail: { filters: filtersForTheRecord(query) },
    by: { actor, role: actor.role },
  });
}

const recordedFilters = new Set([
  ...['vendor', 'connection', 'operation', 'state', 'needs', 'actor', 'partner', 'customer', 'country', 'action'],
  ...['when', 'dayFrom', 'dayUntil', 'q'],
]);

/** The filters of an export as its entry keeps them for ever: a typed name is personal, so only ids are written out. */
export function filtersForTheRecord(query: URLSearchParams): readonly string[] {
  return [...query.entries()]
    .filter(([key, value]) => value !== '' && recordedFilters.has(key))
    .map(([key, value]) =>
      /^[\w-]{1,60}$/.test(value) && (key !== 'q' || parseId(value) !== null) ? `${key}=${value}` : `${key}=(text)`,
    )
    .slice(0, 50);
}
