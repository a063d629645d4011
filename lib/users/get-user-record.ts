import 'server-only';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { hasPassword } from './invite-user';
import { partnerLeftWithoutAdmin } from './last-admin';
import { toGrants, type UserGrant } from './list-users';
import { reachesBeyond } from './manageable-user';
import { getSessionFacts } from './session-facts';

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly partnerId: string;
  readonly partnerName: string;
  /** Those within the actor's branch. */
  readonly grants: readonly UserGrant[];
  readonly timeZone: string;
  /** ISO instants. */
  readonly createdAt: string;
  readonly disabledAt: string | null;
  readonly lastSignInAt: string | null;
  readonly liveSessions: number;
  /** Has not set a password yet: until when the last link opens (an ISO instant), null when none does. */
  readonly invited: { readonly until: string | null } | null;
  /** Why the actor may not act on this user at all; null when they may. */
  readonly protectedBecause: 'self' | 'beyond' | null;
  /** The partner that would lose its last admin if this user were disabled; null when none. */
  readonly lastAdminOf: string | null;
}

/**
 * One user whom the actor manages.
 * @throws NotFound outside the branch, Forbidden without the right
 */
export async function getUserRecord(actor: Actor, userId: string): Promise<UserRecord> {
  const record = await asActor(actor, async (tx) => {
    const user = await tx.user.findUnique({
      where: { id: userId },
      include: {
        partner: true,
        grants: { include: { partner: true } },
        invitations: { where: { endedAt: null, expiresAt: { gt: new Date() } }, orderBy: { id: 'desc' }, take: 1 },
      },
    });
    if (user === null) throw new NotFound();
    await authorize(tx, actor, 'user.manage', user.partnerId);
    const beyond = await reachesBeyond(tx, actor, userId);
    const reason = beyond ? ('beyond' as const) : null;
    return {
      user,
      protectedBecause: user.id === actor.userId ? ('self' as const) : reason,
      lastAdminOf: user.disabledAt === null ? await partnerLeftWithoutAdmin(tx, userId) : null,
    };
  });
  const { user, protectedBecause, lastAdminOf } = record;
  const sessions = (await getSessionFacts([userId])).get(userId);
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    partnerId: user.partnerId,
    partnerName: user.partner.name,
    grants: toGrants(user.grants),
    timeZone: user.timeZone,
    createdAt: user.createdAt.toISOString(),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    lastSignInAt: sessions?.lastSignInAt ?? null,
    liveSessions: sessions?.live ?? 0,
    invited: (await hasPassword(userId)) ? null : { until: user.invitations[0]?.expiresAt.toISOString() ?? null },
    protectedBecause,
    lastAdminOf,
  };
}
