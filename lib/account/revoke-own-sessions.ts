import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { NotFound } from '../errors';

/**
 * Ends one of the actor's own sessions, or all but the current one. Returns how many ended.
 * @param which the session's id, or `others`
 * @throws NotFound when the session is not the actor's, or has ended
 */
export async function revokeOwnSessions(actor: Actor, which: string): Promise<number> {
  return asActor(actor, async (tx) => {
    const others = which === 'others';
    const current = actor.sessionId === null ? {} : { id: { not: actor.sessionId } };
    const { count } = await tx.session.updateMany({
      where: { userId: actor.userId, revokedAt: null, ...(others ? current : { id: which }) },
      data: { revokedAt: new Date() },
    });
    if (count === 0 && !others) throw new NotFound();
    if (count > 0) {
      await appendAuditEntry(tx, {
        partnerId: actor.partnerId,
        action: 'session.revoked',
        subject: others ? { kind: 'user', id: actor.userId } : { kind: 'session', id: which },
        detail: { count },
        by: { actor, role: actor.role },
      });
    }
    return count;
  });
}
