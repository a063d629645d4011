import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { askAsSystem } from '../db/as-system';
import { env } from '../env';
import { NotFound } from '../errors';
import { catalogEntries, catalogEntry } from '../vendors/catalog';
import { type VendorKey, vendorKeys } from '../vendors/vendor';
import type { NamedAtVendor } from '../vendors/vendor-lookups';
import type { Unusable } from './unusable';

/** A connection that a partner may use, or may not use now for a reason that is shown. Nothing of its settings. */
export interface UsableConnection {
  readonly connectionId: string;
  readonly version: number;
  readonly vendor: VendorKey;
  readonly name: string;
  readonly ownerPartnerId: string;
  readonly ownerName: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  readonly brokenAt: Date | null;
  readonly profile: string | null;
  /** Does this partner work through a mapping here? The owner itself never does. */
  readonly needsMapping: boolean;
  /** What the partner is at this connection, or null. */
  readonly mappingId: string | null;
  readonly mappingName: string | null;
  /** What the connection itself is at the vendor; null where it is not known, or not for this actor to see. */
  readonly own: NamedAtVendor | null;
  /** Why it cannot be used now, or null. */
  readonly unusable: Unusable | null;
}

/**
 * The connections of a partner: its own and those shared by the partners above, own ones first, then in the order of
 * the vendors.
 * @throws NotFound when the partner is outside the actor's branch
 */
export async function listUsableConnections(actor: Actor, partnerId: string): Promise<readonly UsableConnection[]> {
  return asActor(actor, (tx) => usableConnectionsIn(tx, partnerId));
}

/** As `listUsableConnections`, inside the caller's transaction as the actor. */
export async function usableConnectionsIn(tx: ActorTx, partnerId: string): Promise<readonly UsableConnection[]> {
  const partner = await tx.partner.findUnique({ where: { id: partnerId }, select: { id: true, name: true } });
  if (partner === null) throw new NotFound();
  const above = await namesFromTheTop(partnerId);
  const rows = await tx.connection.findMany({
    where: { OR: [{ partnerId }, { shared: true, partnerId: { in: [...above.keys()] } }] },
    include: { mappings: { where: { partnerId } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const profiles = await profilesOf(rows.map((row) => row.id));
  const owns = await ownNames(
    tx,
    rows.map((row) => row.id),
  );
  const found = rows.map((row): UsableConnection => {
    const [mapping] = row.mappings;
    const needsMapping = row.partnerId !== partnerId && (catalogEntry(row.vendor)?.mapping ?? null) !== null;
    return {
      connectionId: row.id,
      version: row.version,
      vendor: z.enum(vendorKeys).parse(row.vendor),
      name: row.name,
      ownerPartnerId: row.partnerId,
      ownerName: above.get(row.partnerId) ?? '',
      shared: row.shared,
      sandbox: row.sandbox,
      brokenAt: row.brokenAt,
      profile: profiles.get(row.id) ?? null,
      needsMapping,
      mappingId: needsMapping ? (mapping?.externalId ?? null) : null,
      // A declared mapping has an id alone; the partner's own name says the same.
      mappingName: needsMapping && mapping !== undefined ? mapping.externalName || partner.name : null,
      own: owns.get(row.id) ?? null,
      unusable: whyUnusable({ ...row, mapped: !needsMapping || mapping !== undefined }),
    };
  });
  const place = ({ ownerPartnerId, vendor }: UsableConnection) =>
    (ownerPartnerId === partnerId ? 0 : 100) + catalogEntries.findIndex((entry) => entry.vendor === vendor);
  return found.sort((left, right) => place(left) - place(right));
}

/** Of the connections whose settings the actor sees: what they are called at their vendors. */
async function ownNames(tx: ActorTx, connectionIds: readonly string[]): Promise<ReadonlyMap<string, NamedAtVendor>> {
  const rows = await tx.connectionSetting.findMany({
    where: { connectionId: { in: [...connectionIds] } },
    select: { connectionId: true, ownId: true, ownName: true },
  });
  return new Map(
    rows.flatMap(({ connectionId, ownId: id, ownName: name }) =>
      id === null || name === null ? [] : [[connectionId, { id, name }] as const],
    ),
  );
}

function whyUnusable(facts: {
  readonly disabledAt: Date | null;
  readonly brokenAt: Date | null;
  readonly sandbox: boolean;
  readonly vendor: string;
  readonly mapped: boolean;
}): UsableConnection['unusable'] {
  const possible = catalogEntry(facts.vendor) !== null && (!facts.sandbox || env().QUAYSIDE_SANDBOX);
  if (facts.disabledAt !== null || !possible) return 'disabled';
  if (facts.brokenAt !== null) return 'broken';
  return facts.mapped ? null : 'mapping-missing';
}

/**
 * The partner and those above it, id to name. The actor may not see the partners above as records, yet their names
 * stand beside what they share.
 */
async function namesFromTheTop(partnerId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await askAsSystem('name the owner of a shared connection', (tx) =>
    tx.partnerClosure.findMany({
      where: { descendantId: partnerId },
      select: { ancestorId: true, ancestor: { select: { name: true } } },
    }),
  );
  return new Map(rows.map(({ ancestorId, ancestor }) => [ancestorId, ancestor.name]));
}

/** The profile decides which form and body a partner below gets; the other settings stay with the owner. */
async function profilesOf(connectionIds: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await askAsSystem('call vendor', (tx) =>
    tx.connectionSetting.findMany({
      where: { connectionId: { in: [...connectionIds] } },
      select: { connectionId: true, profile: true },
    }),
  );
  return new Map(rows.map(({ connectionId, profile }) => [connectionId, profile]));
}
