import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import { asSystem } from '../db/as-system';
import { revokeSession } from './session';

/** Ends a session because its owner signs out, with its audit entry. A session that has ended already stays as it is. */
export async function signOutSession(sessionId: string): Promise<void> {
  await asSystem('manage sessions and passwords', async (tx) => {
    const session = await tx.session.findUnique({ where: { id: sessionId }, include: { user: true } });
    if (session === null || !(await revokeSession(tx, sessionId))) return;
    await appendAuditEntry(tx, {
      partnerId: session.user.partnerId,
      action: 'sign-out',
      subject: { kind: 'session', id: sessionId },
      by: { name: session.user.name, userId: session.userId },
    });
  });
}
