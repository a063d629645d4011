import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';

/** Sets the zone in which the actor reads times. `timeZone` has passed `isTimeZone`. */
export async function setTimeZone(actor: Actor, timeZone: string): Promise<void> {
  await asActor(actor, async (tx) => {
    await tx.user.update({ where: { id: actor.userId }, data: { timeZone, version: { increment: 1 } } });
    await appendAuditEntry(tx, {
      partnerId: actor.partnerId,
      action: 'user.changed',
      subject: { kind: 'user', id: actor.userId },
      detail: { from: actor.timeZone, timeZone },
      by: { actor, role: actor.role },
    });
  });
}
