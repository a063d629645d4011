import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import type { Role } from '../auth/permissions';
import { type ActorTx, asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { env } from '../env';
import { Conflict } from '../errors';
import { log } from '../log';
import { isMailPossible, sendMail } from '../mail/send-mail';
import type { Words } from '../messages/words';
import { insertUser, withEmailSentence } from './insert-user';
import { requireManageableUser } from './manageable-user';
import type { InviteUserInput } from './user-schema';

/** How long a link opens. */
export const invitationHours = 72;

/** A new link. It is in nobody's hands but the reader's of this value: the database knows its hash alone. */
export interface Invitation {
  readonly userId: string;
  /** The link to hand over; null when it went out by e-mail. */
  readonly link: string | null;
  /** It should have gone out by e-mail, and the mail server did not take it. */
  readonly mailFailed: boolean;
  /** ISO instant. */
  readonly expiresAt: string;
}

/** What of a token the database keeps. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

interface Made {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly partnerName: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Adds a user of a partner of the actor's branch with a first role there, and makes the link with which they set their
 * password. It goes out by e-mail where a mail server is configured.
 * @throws NotFound, Forbidden, Conflict (an e-mail address in use)
 */
export async function inviteUser(actor: Actor, input: InviteUserInput, words: Words): Promise<Invitation> {
  const made = await withEmailSentence(() =>
    asActor(actor, async (tx) => {
      const { userId, partnerName, allowedBy } = await insertUser(tx, actor, input);
      const { name, email, partnerId } = input;
      const link = await insertInvitation(tx, { userId, partnerId, by: { actor, role: allowedBy } });
      return { userId, email, name, partnerName, ...link };
    }),
  );
  return handOver(actor, made, words);
}

/**
 * Makes another link for somebody who was invited and has not come; the links before open no more.
 * @throws NotFound, Forbidden, Conflict (oneself, disabled, a password is set)
 */
export async function inviteAgain(actor: Actor, userId: string, words: Words): Promise<Invitation> {
  const made = await asActor(actor, async (tx) => {
    const { allowedBy, partnerId, partnerName, name, email, disabledAt } = await requireManageableUser(
      tx,
      actor,
      userId,
    );
    if (disabledAt !== null) throw new Conflict(`${name} is disabled. Enable the user first.`);
    if (await hasPassword(userId)) throw new Conflict(`${name} has a password already. Reset it instead.`);
    await tx.invitation.updateMany({ where: { userId, endedAt: null }, data: { endedAt: new Date() } });
    const link = await insertInvitation(tx, { userId, partnerId, by: { actor, role: allowedBy } });
    return { userId, email, name, partnerName, ...link };
  });
  return handOver(actor, made, words);
}

/** Can this user sign in with a password yet? Asked for a user whom the caller has read as the actor. */
export async function hasPassword(userId: string): Promise<boolean> {
  const row = await asSystem('manage sessions and passwords', (tx) =>
    tx.userPassword.findUnique({ where: { userId }, select: { userId: true } }),
  );
  return row !== null;
}

async function insertInvitation(
  tx: ActorTx,
  {
    userId,
    partnerId,
    by,
  }: { readonly userId: string; readonly partnerId: string; readonly by: { actor: Actor; role: Role } },
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + invitationHours * 3_600_000);
  await tx.$executeRaw`insert into invitation (id, user_id, partner_id, token_hash, expires_at)
    values (${uuidv7()}::uuid, ${userId}::uuid, ${partnerId}::uuid, ${tokenHash(token)}, ${expiresAt})`;
  await appendAuditEntry(tx, {
    partnerId,
    action: 'invitation.made',
    subject: { kind: 'user', id: userId },
    detail: { hours: invitationHours },
    by,
  });
  return { token, expiresAt };
}

/** After the commit: by e-mail, or to whoever invited, who hands the link over. */
async function handOver(actor: Actor, made: Made, words: Words): Promise<Invitation> {
  const link = `${env().NEXTAUTH_URL}/invite/${made.token}`;
  const mailed = isMailPossible() && (await mail(actor, made, link, words));
  return {
    userId: made.userId,
    link: mailed ? null : link,
    mailFailed: isMailPossible() && !mailed,
    expiresAt: made.expiresAt.toISOString(),
  };
}

async function mail(actor: Actor, { email, name, partnerName, userId }: Made, link: string, words: Words) {
  try {
    await sendMail({
      to: email,
      subject: words('users.mail.subject', { partner: partnerName }),
      text: words('users.mail.text', { name, by: actor.name, partner: partnerName, link, hours: invitationHours }),
    });
    return true;
  } catch (error) {
    log.warn({ userId, error }, 'an invitation was not taken by the mail server');
    return false;
  }
}
