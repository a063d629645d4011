import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import type { MappingRow } from './connection-view';

export interface MappingPage {
  readonly rows: readonly MappingRow[];
  /** Cursor of the next page, or null. */
  readonly older: string | null;
}

const pageSize = 50;

/**
 * Who is what at a connection, newest first: all of it for the owner's side, for a partner below the own branch alone
 * (row-level security).
 * @param options.after id of the last mapping of the page before
 */
export async function listMappings(
  actor: Actor,
  connectionId: string,
  { after }: { readonly after?: string | undefined } = {},
): Promise<MappingPage> {
  const found = await asActor(actor, (tx) =>
    tx.mapping.findMany({
      where: { connectionId, ...(after === undefined ? {} : { id: { lt: after } }) },
      include: { partner: { select: { name: true } } },
      orderBy: { id: 'desc' },
      take: pageSize + 1,
    }),
  );
  const shown = found.slice(0, pageSize);
  const rows = shown.map((row) => ({
    mappingId: row.id,
    version: row.version,
    partnerId: row.partnerId,
    partnerName: row.partner.name,
    externalId: row.externalId,
    externalName: row.externalName,
    nameRead: row.nameReadAt !== null,
  }));
  return { rows, older: found.length > pageSize ? (shown.at(-1)?.id ?? null) : null };
}
