import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { authorize, roleAt } from '../auth/authorize';
import { type Permission, roleHolds } from '../auth/permissions';
import { ConnectionUnusable } from '../connections/connection-unusable';
import type { ActorTx } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { inBranch } from '../lists/in-branch';
import { listPlanConnections, type PlanConnection } from '../onboarding/plan-connections';
import { catalogEntry } from '../vendors/catalog';
import { adapterFor } from '../vendors/registry';
import type { RequestContext } from '../vendors/vendor';
import type { PartnerRules, VendorPartners } from '../vendors/vendor-partners';

/** Partners at a vendor as one partner of ours may see them: over one connection, inside of its mapping. */
export interface PartnerScope {
  /** Partner of ours that looks. */
  readonly partnerId: string;
  readonly connection: PlanConnection;
  readonly partners: VendorPartners;
  readonly rules: PartnerRules;
}

const idSchema = z.uuid();

/**
 * What an actor may see of the partners at a connection, and for whom.
 * @param asked.partnerId the partner that looks; null: the owner, where the actor has the right there, else the uppermost
 *   partner of the branch with a mapping
 * @throws NotFound when connection or partner are not there for the actor, or its vendor has no partners; Forbidden without
 *   the role
 */
export async function requirePartnerScope(
  tx: ActorTx,
  actor: Actor,
  asked: { readonly connectionId: string; readonly partnerId: string | null; readonly permission: Permission },
): Promise<PartnerScope> {
  const { connectionId, permission } = asked;
  if (![connectionId, asked.partnerId ?? connectionId].every((id) => idSchema.safeParse(id).success))
    throw new NotFound();
  const row = await tx.connection.findUnique({ where: { id: connectionId }, select: { partnerId: true } });
  if (row === null) throw new NotFound();
  const partnerId = asked.partnerId ?? (await partnerThatLooks(tx, actor, { ...asked, ownerId: row.partnerId }));
  await authorize(tx, actor, permission, partnerId);
  const [connection] = await listPlanConnections(tx, actor, { partnerId, only: [connectionId] });
  if (connection === undefined) throw new NotFound();
  const { partners } = adapterFor(connection.vendor);
  const rules = catalogEntry(connection.vendor)?.partners;
  if (partners === undefined || rules === undefined) throw new NotFound();
  // A list of resellers is the owner's: below it nobody adds one.
  if (permission === 'vendor-partner.add' && !rules.tree && connection.needsMapping) throw new NotFound();
  return { partnerId, connection, partners, rules };
}

async function partnerThatLooks(
  tx: ActorTx,
  actor: Actor,
  about: { readonly connectionId: string; readonly ownerId: string; readonly permission: Permission },
): Promise<string> {
  const { connectionId, ownerId, permission } = about;
  if ((await roleAt(tx, actor, permission, ownerId)) !== null) return ownerId;
  const mapped = await tx.$queryRaw<{ partnerId: string }[]>`
    select m.partner_id as "partnerId" from mapping m
    where m.connection_id = ${connectionId}::uuid and ${inBranch('m')}
    order by (select count(*) from partner_closure c where c.descendant_id = m.partner_id), m.id limit 20`;
  for (const { partnerId } of mapped) if ((await roleAt(tx, actor, permission, partnerId)) !== null) return partnerId;
  // Nobody is mapped: the page says so to somebody who would have the right.
  return actor.grants.find(({ role }) => roleHolds(role, permission))?.partnerId ?? actor.partnerId;
}

/** @throws Conflict with a sentence when nothing may be asked over the connection now */
export function requireUsable({ connection }: PartnerScope): void {
  if (connection.unusable === 'mapping-missing') {
    throw new Conflict('This partner is not mapped at the connection. Nothing was read.');
  }
  if (connection.unusable !== null) throw new ConnectionUnusable(connection.unusable);
}

/** What mapping and connection give to a request about a partner. */
export function contextOf({ connection }: PartnerScope, correlationId: string): RequestContext {
  const { mappingId, mappingName, profile, settings } = connection;
  return { correlationId, mappingId, mappingName, profile, settings };
}
