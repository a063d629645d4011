import 'server-only';
import type { Actor } from '../auth/actor';
import { asSystem } from '../db/as-system';
import { appendAuditEntry } from './append-entry';

/**
 * Records that a signed-in person was refused: a record outside the branch (or not there), or an act that the role does
 * not allow. Stands in the chain of the person's own partner.
 */
export async function recordDeniedAccess(
  actor: Actor,
  entryPoint: string,
  code: string,
  subject: string,
): Promise<void> {
  await asSystem('record a refused access', (tx) =>
    appendAuditEntry(tx, {
      partnerId: actor.partnerId,
      action: 'access.denied',
      subject: { kind: 'entry-point', id: entryPoint },
      detail: { code, subject: subject.slice(0, 100) },
      by: { actor, role: actor.role },
    }),
  );
}
