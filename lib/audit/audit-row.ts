import type { Json } from '../vendors/vendor';
import type { AuditAction, AuditSubject } from './audit-actions';

/** One audit entry as a list shows it. Client-safe: types only. */
export interface AuditRow {
  /** The entry's id; the list's key. */
  readonly id: string;
  /** Place in the chain of its partner, from 1. */
  readonly seq: number;
  readonly at: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly actorRole: string;
  readonly actorPartner: string;
  readonly action: AuditAction;
  readonly subjectKind: AuditSubject;
  readonly subjectId: string;
  readonly correlationId: string | null;
  readonly detail: Readonly<Record<string, Json | undefined>>;
  /** SHA-256 over this entry and the one before it, hexadecimal. */
  readonly hash: string;
}
