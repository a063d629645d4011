import 'server-only';
import type { Actor } from '../auth/actor';
import { rolesAt } from '../auth/authorize';
import { storedSettingsSchema } from '../connections/load-vendor-connection';
import { type UsableConnection, usableConnectionsIn } from '../connections/usable-connections';
import type { ActorTx } from '../db/as-actor';
import { askAsSystem } from '../db/as-system';

/** A connection as a plan needs it: for one partner, with what that partner is at it. */
export interface PlanConnection extends UsableConnection {
  readonly timeoutMs: number;
  /** The actor belongs to the owner's side: nothing read through the connection is hidden. */
  readonly seesAll: boolean;
  /** Plain settings, for the plan's headers; empty for a partner below. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * The connections of a partner with what a plan needs of each.
 * @param only ids to restrict to; what the partner cannot use is left out
 * @throws NotFound when the partner is outside the actor's branch
 */
export async function listPlanConnections(
  tx: ActorTx,
  actor: Actor,
  { partnerId, only }: { readonly partnerId: string; readonly only: readonly string[] },
): Promise<readonly PlanConnection[]> {
  const usable = (await usableConnectionsIn(tx, partnerId)).filter((one) => only.includes(one.connectionId));
  const rows = await askAsSystem('call vendor', (system) =>
    system.connectionSetting.findMany({
      where: { connectionId: { in: usable.map((one) => one.connectionId) } },
      select: { connectionId: true, timeoutMs: true, settings: true },
    }),
  );
  const holds = await rolesAt(
    tx,
    actor,
    usable.map((one) => one.ownerPartnerId),
  );
  return usable.flatMap((one) => {
    const row = rows.find((each) => each.connectionId === one.connectionId);
    if (row === undefined) return [];
    const seesAll = holds('branch.read', one.ownerPartnerId) !== null;
    const settings = seesAll ? storedSettingsSchema.parse(row.settings) : {};
    return [{ ...one, timeoutMs: row.timeoutMs, seesAll, settings }];
  });
}
