import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { generatePassword, hashPassword, passwordProblem } from '../auth/passwords';
import { asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { requireManageableUser } from './manageable-user';

/**
 * Gives a user of the actor's branch a new password: the one typed, or a generated one when `typed` is null. Their
 * sessions end with it (a trigger does).
 * @returns the generated password, to be shown once and kept nowhere; null when it was typed
 * @throws NotFound, Forbidden, Conflict (oneself, a password that cannot be used)
 */
export async function resetPassword(actor: Actor, userId: string, typed: string | null): Promise<string | null> {
  const password = typed ?? generatePassword();
  // Before the transaction: hashing takes its time on purpose, and rows should not be held for it.
  const hash = await hashPassword(password);
  await asActor(actor, async (tx) => {
    const { allowedBy, ...user } = await requireManageableUser(tx, actor, userId);
    const problem = typed === null ? null : passwordProblem(typed, user);
    if (problem !== null) throw new Conflict('The password was not changed.', { password: [problem] });
    await tx.$executeRaw`select password_put(${userId}::uuid, ${hash})`;
    await appendAuditEntry(tx, {
      partnerId: user.partnerId,
      action: 'password.reset',
      subject: { kind: 'user', id: userId },
      detail: { generated: typed === null },
      by: { actor, role: allowedBy },
    });
  });
  return typed === null ? password : null;
}
