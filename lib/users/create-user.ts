import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { type AuditEntryInput, appendAuditEntry } from '../audit/append-entry';
import type { SystemTx } from '../db/as-system';

export interface NewUser {
  readonly partnerId: string;
  readonly email: string;
  readonly name: string;
  /** From `hashPassword`, of a password that the caller has judged. */
  readonly passwordHash: string;
  readonly by: AuditEntryInput['by'];
}

/**
 * Adds a user with a password and no rights yet, in the caller's transaction. Returns the id.
 * A taken e-mail address (in any case) fails on the database's unique index.
 */
export async function createUser(tx: SystemTx, user: NewUser): Promise<string> {
  const { partnerId, email, name, passwordHash, by } = user;
  const id = uuidv7();
  await tx.user.create({ data: { id, partnerId, email, name, password: { create: { hash: passwordHash } } } });
  await appendAuditEntry(tx, { partnerId, action: 'user.created', subject: { kind: 'user', id }, by });
  return id;
}
