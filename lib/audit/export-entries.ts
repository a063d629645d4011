import 'server-only';
import type { Actor } from '../auth/actor';
import type { Cell } from '../export/csv';
import { exportPages } from '../export/export-pages';
import type { Words } from '../messages/words';
import { parseAuditFilter } from './audit-filter';
import type { AuditRow } from './audit-row';
import { findAuditTargets } from './audit-targets';
import { readEntries } from './list-entries';
import { toSentence } from './sentence';

const columns = [
  ...([
    'at',
    'sentence',
    'action',
    'code',
    'who',
    'role',
    'whoPartner',
    'subjectKind',
    'subjectId',
    'correlationId',
  ] as const),
  ...(['detail', 'partner', 'partnerId', 'seq', 'hash', 'entryId'] as const),
] as const;

/** The file's headings. */
export function entryHeader(words: Words): readonly string[] {
  return columns.map((key) => words(`audit.csv.${key}`));
}

/** Audit entries that match a list's filters as rows of cells, page by page, newest first. Leaves an audit entry. */
export async function* exportEntries(
  actor: Actor,
  query: URLSearchParams,
  words: Words,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  const filter = parseAuditFilter(query, { timeZone: actor.timeZone, now: new Date() });
  const pages = exportPages<AuditRow>({
    actor,
    list: 'audit',
    query,
    read: async (tx, place, limit) =>
      readEntries(tx, { filter, targets: await findAuditTargets(tx, filter.term), place, limit }),
  });
  for await (const rows of pages) yield rows.map((row) => toCells(row, words));
}

/** Number and hash make a file a checkpoint: a chain that was rewritten afterwards no longer agrees with it. */
function toCells(row: AuditRow, words: Words): readonly Cell[] {
  return [
    ...[
      row.at,
      toSentence(row, words),
      words(`audit.action.${row.action}`),
      row.action,
      row.actorName,
      row.actorRole,
      row.actorPartner,
    ],
    ...[words(`audit.subject.${row.subjectKind}`), row.subjectId, row.correlationId, JSON.stringify(row.detail)],
    ...[row.partnerName, row.partnerId, row.seq, row.hash, row.id],
  ];
}
