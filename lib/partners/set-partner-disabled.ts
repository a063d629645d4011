import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { Conflict, NotFound, Stale } from '../errors';
import { carriesActor } from './get-partner';
import type { SeenPartner } from './partner-schema';

/**
 * Ends the sight of everybody who belongs to a partner or to one below it: their sessions end with it (a trigger does), and
 * nobody of them signs in. Customers and records stay, and people above still see them.
 * @throws NotFound, Forbidden, Stale, Conflict (the host, the actor's own partner or one above it)
 */
export function disablePartner(actor: Actor, seen: SeenPartner): Promise<void> {
  return setDisabled(actor, seen, true);
}

/** Lets the people of a disabled partner sign in again. Sessions from before stay ended. */
export function enablePartner(actor: Actor, seen: SeenPartner): Promise<void> {
  return setDisabled(actor, seen, false);
}

async function setDisabled(actor: Actor, { partnerId, version }: SeenPartner, disable: boolean): Promise<void> {
  await asActor(actor, async (tx) => {
    const role = await authorize(tx, actor, 'partner.manage', partnerId);
    const row = await tx.partner.findUnique({ where: { id: partnerId }, select: { kind: true } });
    if (row === null) throw new NotFound();
    if (disable && row.kind === 'host') throw new Conflict('The host runs the portal and cannot be disabled.');
    if (disable && (await carriesActor(tx, actor, partnerId))) {
      throw new Conflict('You belong to this partner: you would lock yourself out. Ask an admin of a partner above.');
    }
    const { count } = await tx.partner.updateMany({
      where: { id: partnerId, version, disabledAt: disable ? null : { not: null } },
      data: { disabledAt: disable ? new Date() : null, version: { increment: 1 } },
    });
    if (count === 0) throw new Stale();
    await appendAuditEntry(tx, {
      partnerId,
      action: disable ? 'partner.disabled' : 'partner.enabled',
      subject: { kind: 'partner', id: partnerId },
      detail: { version: version + 1 },
      by: { actor, role },
    });
  });
}
