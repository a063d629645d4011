import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { NotFound, Stale } from '../errors';

interface SeenConnection {
  readonly connectionId: string;
  readonly version: number;
}

/** Takes a connection out of use: nothing is sent over it any more, calls that wait for their turn included. */
export function disableConnection(actor: Actor, seen: SeenConnection): Promise<void> {
  return setDisabled(actor, seen, true);
}

/** Puts a disabled connection back into use. */
export function enableConnection(actor: Actor, seen: SeenConnection): Promise<void> {
  return setDisabled(actor, seen, false);
}

async function setDisabled(actor: Actor, { connectionId, version }: SeenConnection, disable: boolean): Promise<void> {
  await asActor(actor, async (tx) => {
    const row = await tx.connection.findUnique({ where: { id: connectionId }, select: { partnerId: true } });
    if (row === null) throw new NotFound();
    const role = await authorize(tx, actor, 'connection.manage', row.partnerId);
    const { count } = await tx.connection.updateMany({
      where: { id: connectionId, version, disabledAt: disable ? null : { not: null } },
      data: { disabledAt: disable ? new Date() : null, version: { increment: 1 } },
    });
    if (count === 0) throw new Stale();
    await appendAuditEntry(tx, {
      partnerId: row.partnerId,
      action: disable ? 'connection.disabled' : 'connection.enabled',
      subject: { kind: 'connection', id: connectionId },
      detail: { version: version + 1 },
      by: { actor, role },
    });
  });
}
