import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor';
import type { Role } from '../auth/permissions';
import type { Prisma } from '../db/generated/client';
import type { AuditAction, AuditSubject } from './audit-actions';

export interface AuditEntryInput {
  /** Partner in whose chain the entry stands. */
  readonly partnerId: string;
  readonly action: AuditAction;
  readonly subject: { readonly kind: AuditSubject; readonly id: string };
  readonly correlationId?: string;
  /** Codes, ids, counts, hashes and names of partners and connections: never erased, so nothing personal, nothing secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** Who: an actor with the role that allowed it, or nobody (a refused sign-in, the system). */
  readonly by: { readonly actor: Actor; readonly role: Role } | { readonly name: string; readonly userId?: string };
}

/**
 * Appends one entry to its partner's chain, in the caller's transaction: the entry commits with the act or not at all.
 * @param tx the transaction of the act, as actor or as system
 */
export async function appendAuditEntry(tx: Prisma.TransactionClient, entry: AuditEntryInput): Promise<void> {
  const who =
    'actor' in entry.by
      ? {
          id: entry.by.actor.userId,
          name: entry.by.actor.name,
          role: entry.by.role,
          partner: entry.by.actor.partnerName,
        }
      : // Somebody known who is not an actor (yet): signing in, or refused. Without a person it is the system.
        {
          id: entry.by.userId ?? null,
          name: entry.by.name,
          role: entry.by.userId === undefined ? 'system' : '',
          partner: '',
        };
  await tx.$executeRaw`select audit_append(${uuidv7()}::uuid, ${entry.partnerId}::uuid, ${who.id}::uuid, ${who.name},
    ${who.role}, ${who.partner}, ${entry.action}, ${entry.subject.kind}, ${entry.subject.id},
    ${entry.correlationId ?? null}::uuid, ${JSON.stringify(entry.detail ?? {})}::jsonb)`;
}
