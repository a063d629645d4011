import 'server-only';
import type { Actor } from '../auth/actor';
import type { Cell } from '../export/csv';
import { exportPages } from '../export/export-pages';
import type { Words } from '../messages/words';
import { parseAttemptFilter } from './attempt-filter';
import type { AttemptRow } from './attempt-row';
import { readAttempts, resolveTerm } from './list-attempts';

/** Columns of the file, in order; each has its heading below `attempts.csv`. */
const columns = {
  state: (row, words) => words(`display.state.${row.state}`),
  reason: (row, words) => {
    if (row.reason !== null && row.state !== 'succeeded') return words(`attempts.reason.${row.reason}`);
    return row.remarked ? words('attempts.remarked') : '';
  },
  nextStep: (row, words) => words(`attempts.nextStep.${row.nextStep}`),
  contradicted: (row, words) => words(row.contradicted ? 'attempts.yes' : 'attempts.no'),
  openedAt: (row) => row.openedAt,
  tookMs: (row) => (row.tookMs === null ? null : Math.round(row.tookMs)),
  vendorMs: (row) => (row.vendorMs === null ? null : Math.round(row.vendorMs)),
  vendor: (row, words) => words(`onboarding.vendor.${row.vendor}`),
  connection: (row) => row.connectionName,
  operation: (row, words) => words(`attempts.operation.${row.operation}`),
  service: (row) => row.service,
  customer: (row) => row.customerName,
  customerId: (row) => row.customerId,
  partner: (row) => row.partnerName,
  who: (row) => row.actorName,
  role: (row) => row.actorRole,
  whoPartner: (row) => row.actorPartner,
  vendorId: (row) => row.vendorId,
  vendorCorrelationId: (row) => row.vendorCorrelationId,
  attemptId: (row) => row.id,
  correlationId: (row) => row.correlationId,
} as const satisfies Readonly<Record<string, (row: AttemptRow, words: Words) => Cell>>;

/** The file's headings. */
export function attemptHeader(words: Words): readonly string[] {
  return columnKeys().map((key) => words(`attempts.csv.${key}`));
}

/** Attempts that match a list's filters as rows of cells, page by page, newest first. Leaves an audit entry. */
export async function* exportAttempts(
  actor: Actor,
  query: URLSearchParams,
  words: Words,
): AsyncGenerator<readonly (readonly Cell[])[], void, undefined> {
  const filter = parseAttemptFilter(query, { timeZone: actor.timeZone, now: new Date() });
  const pages = exportPages<AttemptRow>({
    actor,
    list: 'attempts',
    query,
    read: async (tx, place, limit) =>
      readAttempts(tx, { filter, targets: await resolveTerm(tx, filter), place, limit }),
  });
  for await (const rows of pages) yield rows.map((row) => columnKeys().map((key) => columns[key](row, words)));
}

function columnKeys(): readonly (keyof typeof columns)[] {
  return Object.keys(columns).filter((key) => isColumn(key));
}

function isColumn(key: string): key is keyof typeof columns {
  return key in columns;
}
