import 'server-only';
import { askAsSystem } from '../db/as-system';

/**
 * Names of partners, by id. A partner above is no record of the actor's branch, yet its name stands beside what it
 * shares. Pass ids of owners of connections that the actor sees, and nothing else.
 */
export async function ownerNames(partnerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (partnerIds.length === 0) return new Map();
  const rows = await askAsSystem('name the owner of a shared connection', (tx) =>
    tx.partner.findMany({ where: { id: { in: [...new Set(partnerIds)] } }, select: { id: true, name: true } }),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
