import 'server-only';
import { z } from 'zod';
import type { RequestFacts } from '../actions/request-facts';
import { isStorableText } from '../actions/storable';
import { appendAuditEntry } from '../audit/append-entry';
import type { AuditAction } from '../audit/audit-actions';
import { asSystem, type SystemTx } from '../db/as-system';
import { log } from '../log';
import { passwordMaximum } from './password-length';
import { verifyPassword } from './passwords';
import { createSession } from './session';
import { accountKey, admitTry, forgiveTry } from './throttle';

/** How a sign-in ends. A wrong password, an unknown and a disabled account all end as `refused`. */
export type SignInEnding =
  | { readonly kind: 'signed-in'; readonly sessionId: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly waitSeconds: number };

type From = Pick<RequestFacts, 'address' | 'userAgent'>;

const credentialsSchema = z.object({
  email: z.string().trim().min(1).max(254).refine(isStorableText),
  password: z.string().min(1).max(passwordMaximum).refine(isStorableText),
});

interface Account {
  readonly id: string;
  readonly name: string;
  readonly partnerId: string;
  readonly hash: string | null;
  /** Disabled, of a disabled partner, or without a grant: nothing would open. */
  readonly barred: boolean;
  readonly knownAddress: boolean;
}

/**
 * Signs a person in: throttle, password, session row, audit entry.
 * @param credentials whatever the browser sent
 */
export async function signIn(credentials: unknown, from: From): Promise<SignInEnding> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return { kind: 'refused' };
  const { email, password } = parsed.data;
  const account = await findAccount(email, from.address);
  const key = accountKey(email);
  const who = { account: key, address: from.address, knownAddress: account?.knownAddress ?? false };
  const admission = await admitTry(who);
  if (!admission.admitted) {
    if (admission.first) await record('sign-in.throttled', account, key, from, { waitSeconds: admission.waitSeconds });
    return { kind: 'throttled', waitSeconds: admission.waitSeconds };
  }
  const matches = await verifyPassword(account?.hash ?? null, password);
  const sessionId = matches && account !== null && !account.barred ? await open(account, from) : null;
  if (sessionId === null) {
    await record('sign-in.refused', account, key, from, { reason: reasonOf(account, matches) });
    return { kind: 'refused' };
  }
  await forgiveTry(who);
  return { kind: 'signed-in', sessionId };
}

function reasonOf(account: Account | null, matches: boolean): string {
  if (account === null) return 'unknown-account';
  if (!matches) return 'wrong-password';
  return account.barred ? 'barred' : 'changed-meanwhile';
}

async function findAccount(email: string, address: string): Promise<Account | null> {
  return asSystem('sign in', async (tx) => {
    const [account] = await tx.$queryRaw<Account[]>`
      select u.id, u.name, u.partner_id as "partnerId", p.hash,
        u.disabled_at is not null
          or not exists (select from role_grant g where g.user_id = u.id)
          or exists (select from partner_closure c join partner above on above.id = c.ancestor_id
            where c.descendant_id = u.partner_id and above.disabled_at is not null) as barred,
        exists (select from session s where s.user_id = u.id and s.address = ${address}) as "knownAddress"
      from app_user u left join user_password p on p.user_id = u.id
      where lower(u.email) = lower(${email})`;
    return account ?? null;
  });
}

/** Starts the session, unless the account was disabled or its password changed since it was read. */
async function open(account: Account, from: From): Promise<string | null> {
  return asSystem('sign in', async (tx) => {
    const unchanged = await tx.$queryRaw<unknown[]>`
      select u.id from app_user u join user_password p on p.user_id = u.id
      where u.id = ${account.id}::uuid and u.disabled_at is null and p.hash = ${account.hash}
      for share of u, p`;
    if (unchanged.length === 0) return null;
    const sessionId = await createSession(tx, { userId: account.id, address: from.address, userAgent: from.userAgent });
    await appendAuditEntry(tx, {
      partnerId: account.partnerId,
      action: 'sign-in.succeeded',
      subject: { kind: 'session', id: sessionId },
      detail: { address: from.address },
      by: { name: account.name, userId: account.id },
    });
    return sessionId;
  });
}

/** Writes a refusal into the chain of the account's partner, or of the host for an account that is not there. */
async function record(
  action: AuditAction,
  account: Account | null,
  key: string,
  from: From,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  log.info({ action, address: from.address, userId: account?.id }, 'sign-in turned away');
  await asSystem('sign in', async (tx) => {
    const partnerId = account?.partnerId ?? (await hostId(tx));
    // Before the first admin is created there is no partner, and so no chain to write to.
    if (partnerId === null) return;
    await appendAuditEntry(tx, {
      partnerId,
      action,
      subject: { kind: 'user', id: account?.id ?? key },
      detail: { ...detail, address: from.address, account: key },
      by: { name: 'Nobody signed in' },
    });
  });
}

async function hostId(tx: SystemTx): Promise<string | null> {
  const host = await tx.partner.findFirst({ where: { kind: 'host' }, select: { id: true } });
  return host?.id ?? null;
}
