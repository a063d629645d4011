import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { isStorableText } from '../actions/storable';
import { appendAuditEntry } from '../audit/append-entry';
import { hashPassword, passwordProblem } from '../auth/passwords';
import { asSystem, type SystemTx } from '../db/as-system';
import { Conflict } from '../errors';
import { addGrant } from './add-grant';
import { createUser } from './create-user';

export interface FirstAdmin {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Name of the host partner: needed, and used, only where there is none yet. */
  readonly partnerName?: string;
}

const by = { name: 'create-admin command' };

const inputSchema = z.object({
  email: z.email('The e-mail address is not one.').max(254, 'The e-mail address is too long.'),
  name: z.string().trim().min(1, 'The name is missing.').max(255, 'The name is too long.').refine(isStorableText),
  password: z.string().refine(isStorableText, 'The password has characters that cannot be used.'),
  partnerName: z
    .string()
    .trim()
    .min(1, 'The name of the partner is missing.')
    .max(255, 'The name of the partner is too long.')
    .optional(),
});

/**
 * Creates an admin of the host partner, and the host partner where there is none: how a new installation gets its first
 * login. Returns the user's id and the name of the partner.
 * @throws Conflict with a sentence when something given cannot be used
 */
export async function createAdmin(admin: FirstAdmin): Promise<{ userId: string; partnerName: string }> {
  const parsed = inputSchema.safeParse(admin);
  if (!parsed.success) throw new Conflict(parsed.error.issues.map((issue) => issue.message).join(' '));
  const { email, name, password, partnerName } = parsed.data;
  const passwordHash = await hashPassword(password);
  return asSystem('create the first admin', async (tx) => {
    const taken = await tx.user.findFirst({
      where: { email: { equals: email, mode: 'insensitive' } },
      select: { id: true },
    });
    if (taken !== null) throw new Conflict('There is a user with this e-mail address already. Nothing was changed.');
    const host = (await tx.partner.findFirst({ where: { kind: 'host' } })) ?? (await createHost(tx, partnerName));
    const problem = passwordProblem(password, { email, name, partnerName: host.name });
    if (problem !== null) throw new Conflict(problem);
    const userId = await createUser(tx, { partnerId: host.id, email, name, passwordHash, by });
    await addGrant(tx, { userId, role: 'admin', partnerId: host.id, by });
    return { userId, partnerName: host.name };
  });
}

async function createHost(tx: SystemTx, name: string | undefined): Promise<{ id: string; name: string }> {
  if (name === undefined) {
    throw new Conflict('There is no partner yet. Give the name of the company that runs this portal (--partner-name).');
  }
  const host = await tx.partner.create({ data: { id: uuidv7(), key: 'host', name, kind: 'host' } });
  await appendAuditEntry(tx, {
    partnerId: host.id,
    action: 'partner.created',
    subject: { kind: 'partner', id: host.id },
    detail: { kind: 'host' },
    by,
  });
  return host;
}
