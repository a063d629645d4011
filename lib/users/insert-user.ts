import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import type { Role } from '../auth/permissions';
import { isUniqueViolation } from '../connections/identity-clash';
import type { ActorTx } from '../db/as-actor';
import { Conflict } from '../errors';
import { addGrant } from './add-grant';
import type { InviteUserInput } from './user-schema';

/** Adds a user without a password, with a first role at the partner they belong to, as the actor. */
export async function insertUser(
  tx: ActorTx,
  actor: Actor,
  { partnerId, name, email, role }: InviteUserInput,
): Promise<{ readonly userId: string; readonly partnerName: string; readonly allowedBy: Role }> {
  const allowedBy = await authorize(tx, actor, 'user.manage', partnerId);
  const partner = await tx.partner.findUniqueOrThrow({ where: { id: partnerId }, select: { name: true } });
  const userId = uuidv7();
  await tx.user.create({ data: { id: userId, partnerId, name, email } });
  const by = { actor, role: allowedBy };
  await appendAuditEntry(tx, { partnerId, action: 'user.created', subject: { kind: 'user', id: userId }, by });
  await addGrant(tx, { userId, role, partnerId, by });
  return { userId, partnerName: partner.name, allowedBy };
}

/** Runs what adds a user; a taken e-mail address becomes a sentence that does not say where it is taken. */
export async function withEmailSentence<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const sentence = 'This e-mail address is in use already. Everybody signs in with an address of their own.';
    throw new Conflict(sentence, { email: [sentence] });
  }
}
