import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { catalogEntry } from '../vendors/catalog';
import { jsonSchema } from '../vendors/json-schema';
import { adapterFor } from '../vendors/registry';
import type { Json, VendorKey } from '../vendors/vendor';
import { canonicalHash } from './canonical-hash';

/** How a vendor's section opens next time: the choices of the last opening, per partner and connection. */

interface Chosen {
  readonly connectionId: string;
  readonly vendor: VendorKey;
  /** What the partner is at the connection. */
  readonly mappingId: string | null;
  /** The vendor's section as submitted. */
  readonly input: Json;
}

const fieldsSchema = z.record(z.string(), jsonSchema);

/** Of a vendor's section, the fields that its catalogue entry names for remembering. Pure. */
export function pickRemembered(vendor: VendorKey, input: Json): Readonly<Record<string, Json>> {
  const fields = fieldsSchema.catch({}).parse(input);
  const named = catalogEntry(vendor)?.remembered ?? [];
  return Object.fromEntries(Object.entries(fields).filter(([field]) => named.includes(field)));
}

/**
 * Keeps the choices of an opening for the partner's next form: in the transaction of the opening, so that what was not
 * opened is not remembered.
 */
export async function rememberChoices(tx: ActorTx, partnerId: string, chosen: readonly Chosen[]): Promise<void> {
  const rows = chosen.flatMap(({ connectionId, vendor, mappingId, input }) => {
    const picked = pickRemembered(vendor, input);
    return Object.keys(picked).length === 0
      ? []
      : [{ connection_id: connectionId, mapping_id: mappingId, input: picked }];
  });
  if (rows.length === 0) return;
  // In one order everywhere: two openings of one partner must not wait for each other.
  const doc = JSON.stringify(rows.toSorted((left, right) => (left.connection_id < right.connection_id ? -1 : 1)));
  await tx.$executeRaw`
    insert into form_default as d (partner_id, connection_id, mapping_id, input)
    select ${partnerId}::uuid, r.connection_id, r.mapping_id, r.input
    from jsonb_to_recordset(${doc}::jsonb) as r (connection_id uuid, mapping_id text, input jsonb)
    on conflict (partner_id, connection_id) do update
      set mapping_id = excluded.mapping_id, input = excluded.input, saved_at = now()
      where (d.mapping_id, d.input) is distinct from (excluded.mapping_id, excluded.input)`;
}

/**
 * Sections as last time, by connection id: whole and valid; a connection where nothing but the usual was chosen is not in
 * it, nor one at which the partner is somebody else by now.
 */
export async function loadRemembered(
  tx: ActorTx,
  partnerId: string,
  connections: readonly Omit<Chosen, 'input'>[],
): Promise<ReadonlyMap<string, Json>> {
  const rows = await tx.formDefault.findMany({
    where: { partnerId, connectionId: { in: connections.map(({ connectionId }) => connectionId) } },
  });
  const remembered = rows.flatMap((row) => {
    const connection = connections.find(({ connectionId }) => connectionId === row.connectionId);
    if (connection === undefined || connection.mappingId !== row.mappingId) return [];
    const section = toSection(connection.vendor, jsonSchema.parse(row.input));
    return section === null ? [] : [[row.connectionId, section] as const];
  });
  return new Map(remembered);
}

/** The vendor's section with what is remembered; null where that changes nothing, or is no longer a choice there. */
function toSection(vendor: VendorKey, kept: Json): Json {
  const entry = catalogEntry(vendor);
  if (entry === null) return null;
  const empty = fieldsSchema.parse(entry.emptyInput);
  try {
    const section = adapterFor(vendor).parseInput({ ...empty, ...pickRemembered(vendor, kept) });
    return canonicalHash(section) === canonicalHash(entry.emptyInput) ? null : section;
  } catch (error) {
    if (error instanceof z.core.$ZodError) return null;
    throw error;
  }
}

/**
 * Forgets what a partner's forms open with at a connection.
 * @throws NotFound outside the branch; Forbidden without the role
 */
export async function forgetChoices(
  actor: Actor,
  { partnerId, connectionId }: { readonly partnerId: string; readonly connectionId: string },
): Promise<void> {
  await asActor(actor, async (tx) => {
    await authorize(tx, actor, 'onboarding.plan', partnerId);
    await tx.formDefault.deleteMany({ where: { partnerId, connectionId } });
  });
}
