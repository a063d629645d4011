import { z } from 'zod';

/** Where a list is being read. Lists are read by key (UUIDv7, so by time), never by offset, and are never counted. */
export interface Place {
  /** Rows older than this id. */
  readonly after: string | null;
  /** Rows newer than this id. */
  readonly before: string | null;
}

export interface ListPage<Row> {
  /** Newest first. */
  readonly rows: readonly Row[];
  /** `before` of the page of newer rows, or null on the first page. */
  readonly newer: string | null;
  /** `after` of the page of older rows, or null on the last page. */
  readonly older: string | null;
}

export const firstPlace: Place = { after: null, before: null };
export const rowsPerPage = 50;
/** Every row is newer than this id: read from here, a list begins with its oldest rows. */
export const lowestId = '00000000-0000-0000-0000-000000000000';
/** Every row is older than this id. */
export const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const idSchema = z.guid().transform((id) => id.toLowerCase());

/** An id as somebody wrote it, in lower case, or null when it is none. */
export function parseId(text: string | null | undefined): string | null {
  return idSchema.safeParse(text?.trim()).data ?? null;
}

/** The place that a list's URL names; a place that cannot be is the first page. */
export function parsePlace(query: URLSearchParams): Place {
  const after = parseId(query.get('after'));
  return { after, before: after === null ? parseId(query.get('before')) : null };
}

/**
 * Reads one page.
 * @param read reads up to `limit` rows next to the place, newest first
 */
export async function readPage<Row extends { readonly id: string }>(
  { place, size = rowsPerPage }: { readonly place: Place; readonly size?: number },
  read: (place: Place, limit: number) => Promise<readonly Row[]>,
): Promise<ListPage<Row>> {
  const found = await read(place, size + 1);
  if (place.before !== null) {
    // The way back ends on the first page itself, filled up, not on a stub of it.
    if (found.length <= size) return readPage({ place: firstPlace, size }, read);
    const rows = found.slice(1);
    return { rows, newer: rows[0]?.id ?? null, older: rows.at(-1)?.id ?? null };
  }
  const rows = found.slice(0, size);
  return {
    rows,
    newer: place.after === null ? null : (rows[0]?.id ?? place.after),
    older: found.length > size ? (rows.at(-1)?.id ?? null) : null,
  };
}
