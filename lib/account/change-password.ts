import 'server-only';
import type { RequestFacts } from '../actions/request-facts';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { hashPassword, passwordProblem, verifyPassword } from '../auth/passwords';
import { createSession } from '../auth/session';
import { accountKey, admitTry, forgiveTry } from '../auth/throttle';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { Conflict } from '../errors';

const unchanged = 'Your password was not changed.';

/**
 * Changes the actor's own password. Every session of theirs ends with it (a trigger does), and a new one takes the place
 * of this one.
 * @returns the id of the new session, for the cookie
 * @throws Conflict with sentences by field
 */
export async function changePassword(
  actor: Actor,
  passwords: { readonly currentPassword: string; readonly newPassword: string },
  request: RequestFacts,
): Promise<string> {
  await requireCurrentPassword(actor, passwords.currentPassword, request);
  const problem =
    passwords.newPassword === passwords.currentPassword
      ? 'This is your current password. Choose another one.'
      : passwordProblem(passwords.newPassword, actor);
  if (problem !== null) throw new Conflict(unchanged, { newPassword: [problem] });
  const hash = await hashPassword(passwords.newPassword);
  await asActor(actor, async (tx) => {
    await tx.$executeRaw`select password_put(${actor.userId}::uuid, ${hash})`;
    await appendAuditEntry(tx, {
      partnerId: actor.partnerId,
      action: 'password.changed',
      subject: { kind: 'user', id: actor.userId },
      by: { actor, role: actor.role },
    });
  });
  return asSystem('manage sessions and passwords', (tx) =>
    createSession(tx, { userId: actor.userId, address: request.address, userAgent: request.userAgent }),
  );
}

/** Whoever sits at an open session still has to know the password; tries count as those of a sign-in do. */
async function requireCurrentPassword(actor: Actor, password: string, { address }: RequestFacts): Promise<void> {
  const who = { account: accountKey(actor.email), address, knownAddress: true };
  const admission = await admitTry(who);
  if (!admission.admitted) {
    throw new Conflict(`Too many wrong passwords. Try again in ${admission.waitSeconds} seconds. ${unchanged}`);
  }
  const stored = await asSystem('manage sessions and passwords', (tx) =>
    tx.userPassword.findUnique({ where: { userId: actor.userId }, select: { hash: true } }),
  );
  if (await verifyPassword(stored?.hash ?? null, password)) return forgiveTry(who);
  await asSystem('manage sessions and passwords', (tx) =>
    appendAuditEntry(tx, {
      partnerId: actor.partnerId,
      action: 'sign-in.refused',
      subject: { kind: 'user', id: actor.userId },
      detail: { reason: 'wrong-current-password', address },
      by: { actor, role: actor.role },
    }),
  );
  throw new Conflict(unchanged, { currentPassword: ['This is not your current password.'] });
}
