import 'server-only';
import { z } from 'zod';
import { type AuditAction, auditActions } from '../audit/audit-actions';
import type { Actor } from '../auth/actor';
import { roleAt } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { connectionInSight, inBranch } from '../lists/in-branch';
import type { VendorKey } from '../vendors/vendor';
import { type PartnerKind, partnerKinds, type TreeStart } from './partner-node';
import { type PathPartner, readPartnerPath } from './partner-path';
import { readRootIds, readTreeStart } from './read-tree';

/** What a partner is at a connection. */
export interface PartnerMapping {
  readonly mappingId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly vendor: VendorKey;
  readonly externalId: string;
  readonly externalName: string;
  readonly nameRead: boolean;
}

/** One partner as the page beside the tree shows it. */
export interface PartnerRecord {
  readonly partnerId: string;
  readonly name: string;
  readonly key: string;
  readonly kind: PartnerKind;
  readonly version: number;
  /** ISO instants. */
  readonly createdAt: string;
  readonly disabledAt: string | null;
  /** A partner above is disabled, so that this one's people cannot sign in either; its name where it is in sight. */
  readonly disabledAbove: string | null;
  /** From the uppermost partner in sight down to this one. */
  readonly path: readonly PathPartner[];
  /** Of the partner and everything below it. */
  readonly figures: Figures;
  readonly mappings: readonly PartnerMapping[];
  /** There are more than are listed. */
  readonly moreMappings: boolean;
  /** The newest entry of the audit of the partner and everything below. */
  readonly lastActivity: { readonly at: string; readonly action: AuditAction; readonly by: string } | null;
  readonly may: {
    readonly manage: boolean;
    /** Its parent is in the branch, and its kind stands in more than one place. */
    readonly move: boolean;
    /** Neither the host nor a partner that the actor's own place depends on. */
    readonly disable: boolean;
    readonly manageUsers: boolean;
  };
}

export interface Figures {
  /** Partners below, at any depth. */
  readonly below: number;
  readonly customers: number;
  readonly users: number;
  readonly connections: number;
}

const mostMappings = 50;

const figuresSchema = z.object({
  below: z.number(),
  customers: z.number(),
  users: z.number(),
  connections: z.number(),
  newest_entry: z.string().nullable(),
});

/**
 * The tree and the chosen partner; without a choice the uppermost one in sight.
 * @throws NotFound when the choice is outside the branch
 */
export async function loadPartnersPage(
  actor: Actor,
  asked: string | null,
): Promise<{ readonly tree: TreeStart; readonly partner: PartnerRecord }> {
  return asActor(actor, async (tx) => {
    const rootIds = await readRootIds(tx, actor);
    const chosenId = asked ?? rootIds[0];
    if (chosenId === undefined) throw new NotFound();
    const partner = await readPartner(tx, actor, chosenId);
    return { partner, tree: await readTreeStart(tx, { rootIds, chosenId }) };
  });
}

async function readPartner(tx: ActorTx, actor: Actor, partnerId: string): Promise<PartnerRecord> {
  const row = await tx.partner.findUnique({ where: { id: partnerId } });
  if (row === null) throw new NotFound();
  const [figures] = await tx.$queryRaw<unknown[]>`select * from partner_figures(${partnerId}::uuid)`;
  const { newest_entry, ...counts } = figuresSchema.parse(figures);
  const mappings = await readMappings(tx, partnerId);
  const path = await readPartnerPath(tx, partnerId);
  const disabledAbove = await tx.partnerClosure.findFirst({
    where: { descendantId: partnerId, depth: { gt: 0 }, ancestor: { disabledAt: { not: null } } },
    select: { ancestor: { select: { name: true } } },
  });
  const kind = z.enum(partnerKinds).parse(row.kind);
  const manage = (await roleAt(tx, actor, 'partner.manage', partnerId)) !== null;
  return {
    partnerId,
    name: row.name,
    key: row.key,
    kind,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledAbove: disabledAbove?.ancestor.name ?? null,
    path,
    figures: counts,
    mappings: mappings.slice(0, mostMappings),
    moreMappings: mappings.length > mostMappings,
    lastActivity: newest_entry === null ? null : await readEntry(tx, newest_entry),
    may: {
      manage,
      move: manage && kind === 'reseller' && path.length > 1,
      disable: manage && row.parentId !== null && !(await carriesActor(tx, actor, partnerId)),
      manageUsers: (await roleAt(tx, actor, 'user.manage', partnerId)) !== null,
    },
  };
}

/** Newest first; those whose connection is out of sight (shared no more, or of a partner that is above no more) left out. */
async function readMappings(tx: ActorTx, partnerId: string): Promise<readonly PartnerMapping[]> {
  return tx.$queryRaw<PartnerMapping[]>`
    select m.id as "mappingId", k.id as "connectionId", k.name as "connectionName", k.vendor,
      m.external_id as "externalId", m.external_name as "externalName",
      m.name_read_at is not null as "nameRead"
    from mapping m join connection k on k.id = m.connection_id
    where m.partner_id = ${partnerId}::uuid and ${inBranch('m')}
      and ${connectionInSight('k')}
    order by m.id desc limit ${mostMappings + 1}`;
}

/** Would the actor go with this partner? It is the one they belong to, or stands above it. */
export async function carriesActor(tx: ActorTx, actor: Actor, partnerId: string): Promise<boolean> {
  const above = await tx.$queryRaw<unknown[]>`
    select 1 as above from partner_closure where ancestor_id = ${partnerId}::uuid and descendant_id = ${actor.partnerId}::uuid`;
  return above.length > 0;
}

async function readEntry(tx: ActorTx, id: string): Promise<PartnerRecord['lastActivity']> {
  const entry = await tx.auditEntry.findUnique({ where: { id }, select: { at: true, action: true, actorName: true } });
  if (entry === null) return null;
  const action = auditActions.find((known) => known === entry.action);
  return action === undefined ? null : { at: entry.at.toISOString(), action, by: entry.actorName };
}
