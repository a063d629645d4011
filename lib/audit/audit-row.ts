import type { Json } from '../vendors/vendor';
import type { AuditAction, AuditSubject } from './audit-actions';

/** The objects that a sentence names: what was acted on, and what it was acted with. */
export const auditPlaces = ['object', 'partner', 'connection', 'customer', 'from', 'to'] as const;
export type AuditPlace = (typeof auditPlaces)[number];

/** An object of an entry, as whoever reads may see it. */
export interface NamedObject {
  readonly kind: AuditSubject;
  readonly id: string;
  /** Null where it is outside the reader's branch, or gone. */
  readonly name: string | null;
  /** Its page, where it has one that the reader may open. */
  readonly href: string | null;
}

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
  /** Names, read with the page: they are today's, not those of the day of the entry. */
  readonly named: Readonly<Partial<Record<AuditPlace, NamedObject>>>;
  /** Of an attempt: what it tried; null for everything else. */
  readonly operation: string | null;
}

/** An entry as it is stored, before its objects have names. */
export type StoredEntry = Omit<AuditRow, 'named' | 'operation'>;
