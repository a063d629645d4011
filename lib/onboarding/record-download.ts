import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import type { OnboardingRecord } from './record-view';

/** Enters the download of a record into the audit of its partner. @throws NotFound, Forbidden */
export async function recordDownload(actor: Actor, record: OnboardingRecord): Promise<void> {
  await asActor(actor, async (tx) => {
    const role = await authorize(tx, actor, 'branch.export', record.partner.partnerId);
    await appendAuditEntry(tx, {
      partnerId: record.partner.partnerId,
      action: 'export',
      subject: { kind: 'onboarding', id: record.correlationId },
      correlationId: record.correlationId,
      detail: { attempts: record.attempts.length, format: 'json' },
      by: { actor, role },
    });
  });
}
