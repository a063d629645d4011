import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { type AuditEntryInput, appendAuditEntry } from '../audit/append-entry';
import type { Role } from '../auth/permissions';
import type { SystemTx } from '../db/as-system';

export interface NewGrant {
  readonly userId: string;
  readonly role: Role;
  /** Partner for which the role holds, with everything below. */
  readonly partnerId: string;
  readonly by: AuditEntryInput['by'];
}

/** Gives a user a role at a partner, in the caller's transaction. Ends the user's sessions (a trigger does). */
export async function addGrant(tx: SystemTx, grant: NewGrant): Promise<void> {
  const { userId, role, partnerId, by } = grant;
  await tx.roleGrant.create({ data: { id: uuidv7(), userId, role, partnerId } });
  await appendAuditEntry(tx, {
    partnerId,
    action: 'grant.added',
    subject: { kind: 'user', id: userId },
    detail: { role, partner: partnerId },
    by,
  });
}
