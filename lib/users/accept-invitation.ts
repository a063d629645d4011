import 'server-only';
import { z } from 'zod';
import { isStorableText } from '../actions/storable';
import { appendAuditEntry } from '../audit/append-entry';
import { passwordMaximum } from '../auth/password-length';
import { hashPassword, passwordProblem } from '../auth/passwords';
import { asSystem, type SystemTx } from '../db/as-system';
import { tokenHash } from './invite-user';

/** Whom a link is for. */
export interface OpenInvitation {
  readonly name: string;
  readonly email: string;
  readonly partnerName: string;
}

/** How it ends. `gone` stands for a link that never was, is used, expired or ended, all the same. */
export type Acceptance =
  | { readonly kind: 'accepted'; readonly email: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unusable'; readonly message: string };

interface Found extends OpenInvitation {
  readonly id: string;
  readonly userId: string;
  readonly partnerId: string;
}

const tokenSchema = z.string().regex(/^[\w-]{43}$/);

/** The person a link is for, or null when it does not open (any more). Looking uses nothing up. */
export async function findInvitation(token: string): Promise<OpenInvitation | null> {
  const parsed = tokenSchema.safeParse(token);
  if (!parsed.success) return null;
  const found = await asSystem('accept an invitation', (tx) => readOpen(tx, parsed.data));
  return found === null ? null : { name: found.name, email: found.email, partnerName: found.partnerName };
}

async function readOpen(tx: SystemTx, token: string): Promise<Found | null> {
  const [found] = await tx.$queryRaw<Found[]>`
    select i.id, i.user_id as "userId", i.partner_id as "partnerId", u.name, u.email, p.name as "partnerName"
    from invitation i join app_user u on u.id = i.user_id join partner p on p.id = u.partner_id
    where i.token_hash = ${tokenHash(token)} and i.ended_at is null and i.expires_at > clock_timestamp()
      and u.disabled_at is null and not exists (
        select from partner_closure c join partner above on above.id = c.ancestor_id
        where c.descendant_id = u.partner_id and above.disabled_at is not null)`;
  return found ?? null;
}

const inputSchema = z.strictObject({
  token: tokenSchema,
  password: z.string().min(1).max(passwordMaximum).refine(isStorableText),
});

/**
 * Sets the first password of somebody who was invited, and uses the link up. Of two at once one succeeds.
 * @param raw whatever the browser sent
 */
export async function acceptInvitation(raw: unknown): Promise<Acceptance> {
  const parsed = inputSchema.safeParse(raw);
  if (!parsed.success) return { kind: 'gone' };
  const { token, password } = parsed.data;
  const found = await asSystem('accept an invitation', (tx) => readOpen(tx, token));
  if (found === null) return { kind: 'gone' };
  const problem = passwordProblem(password, found);
  if (problem !== null) return { kind: 'unusable', message: problem };
  // Only for a link that opens, and outside of any transaction: hashing takes its time on purpose.
  const hash = await hashPassword(password);
  return asSystem('accept an invitation', async (tx) => {
    const used = await tx.$executeRaw`update invitation set ended_at = clock_timestamp()
      where id = ${found.id}::uuid and ended_at is null and expires_at > clock_timestamp()`;
    if (used === 0 || (await isDisabled(tx, found.userId))) return { kind: 'gone' };
    await tx.userPassword.upsert({
      where: { userId: found.userId },
      create: { userId: found.userId, hash },
      update: { hash, changedAt: new Date() },
    });
    await appendAuditEntry(tx, {
      partnerId: found.partnerId,
      action: 'invitation.accepted',
      subject: { kind: 'user', id: found.userId },
      by: { name: found.name, userId: found.userId },
    });
    return { kind: 'accepted', email: found.email };
  });
}

async function isDisabled(tx: SystemTx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 as disabled from app_user where id = ${userId}::uuid and disabled_at is not null for share`;
  return rows.length > 0;
}
