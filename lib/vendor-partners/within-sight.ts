import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import type { PartnerScope } from './partner-scope';

/**
 * Which of these ids at a connection belong to another branch: they are mapped to a partner, or linked to a customer, that
 * the actor does not see. A shared connection must not become a window, whatever the vendor's tree says. Of the owner's
 * side nothing is hidden.
 */
export async function hiddenIds(
  actor: Actor,
  { connection }: PartnerScope,
  vendorIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (connection.seesAll || vendorIds.length === 0) return new Set();
  const { connectionId } = connection;
  const ids = [...vendorIds];
  const known = await asSystem('find duplicates at a shared connection', async (tx) => ({
    accounts: await tx.vendorAccount.findMany({ where: { connectionId, vendorId: { in: ids } } }),
    mappings: await tx.mapping.findMany({ where: { connectionId, externalId: { in: ids } } }),
  }));
  const seen = await asActor(actor, async (tx) => ({
    accounts: await tx.vendorAccount.findMany({ where: { connectionId, vendorId: { in: ids } }, select: { id: true } }),
    mappings: await tx.mapping.findMany({ where: { connectionId, externalId: { in: ids } }, select: { id: true } }),
  }));
  const visible = new Set([...seen.accounts, ...seen.mappings].map(({ id }) => id));
  return new Set([
    ...known.accounts.filter(({ id }) => !visible.has(id)).map(({ vendorId }) => vendorId),
    ...known.mappings.filter(({ id }) => !visible.has(id)).map(({ externalId }) => externalId),
  ]);
}

/** Names of our partners in the actor's branch by the id that they are mapped to at a connection. */
export async function mappedNames(
  actor: Actor,
  connectionId: string,
  vendorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await asActor(actor, (tx) =>
    tx.mapping.findMany({
      where: { connectionId, externalId: { in: [...vendorIds] } },
      select: { externalId: true, partner: { select: { name: true } } },
    }),
  );
  return new Map(rows.map(({ externalId, partner }) => [externalId, partner.name]));
}
