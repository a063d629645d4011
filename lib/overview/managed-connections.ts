import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { inBranch } from '../lists/in-branch';
import type { VendorKey } from '../vendors/vendor';
import type { BrokenConnection } from './overview';

/** More broken connections than this are one problem, not many. */
const most = 10;

/** Which of these connections belong to one of these partners or below. */
export async function readManagedConnections(
  tx: ActorTx,
  { partnerIds, connectionIds }: { readonly partnerIds: readonly string[]; readonly connectionIds: readonly string[] },
): Promise<readonly string[]> {
  if (partnerIds.length === 0 || connectionIds.length === 0) return [];
  const rows = await tx.connection.findMany({
    where: {
      id: { in: [...connectionIds] },
      partner: { ancestors: { some: { ancestorId: { in: [...partnerIds] } } } },
    },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Connections of these partners and below whose sign-in was refused: nothing is sent over them until somebody acts. */
export async function readBrokenConnections(
  tx: ActorTx,
  partnerIds: readonly string[],
): Promise<readonly BrokenConnection[]> {
  if (partnerIds.length === 0) return [];
  const rows = await tx.$queryRaw<(Omit<BrokenConnection, 'brokenAt'> & { vendor: VendorKey; brokenAt: Date })[]>`
    select c.id as "connectionId", c.name, c.vendor, p.name as "partnerName", c.broken_at as "brokenAt"
    from connection c join partner p on p.id = c.partner_id
    where c.broken_at is not null and c.disabled_at is null and ${inBranch('c')} and c.partner_id in (
      select descendant_id from partner_closure where ancestor_id = any (${[...partnerIds]}::uuid[]))
    order by c.broken_at, c.id limit ${most}`;
  return rows.map((row) => ({ ...row, brokenAt: row.brokenAt.toISOString() }));
}
