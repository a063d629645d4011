import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { type Device, toDevice } from './device';

export interface OwnSession {
  readonly id: string;
  readonly device: Device;
  readonly address: string;
  /** ISO instants. */
  readonly startedAt: string;
  readonly lastSeenAt: string;
  /** The one this request came with. */
  readonly current: boolean;
}

const idleMs = 60 * 60 * 1000;

/** The actor's sessions that are still good: this one first, then the last seen first. At most 100. */
export async function listOwnSessions(actor: Actor): Promise<OwnSession[]> {
  const now = Date.now();
  const sessions = await asActor(actor, (tx) =>
    tx.session.findMany({
      where: {
        userId: actor.userId,
        revokedAt: null,
        expiresAt: { gt: new Date(now) },
        lastSeenAt: { gt: new Date(now - idleMs) },
      },
      orderBy: { lastSeenAt: 'desc' },
      take: 100,
    }),
  );
  return sessions
    .map((session) => ({
      id: session.id,
      device: toDevice(session.userAgent),
      address: session.address,
      startedAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      current: session.id === actor.sessionId,
    }))
    .sort((one, other) => Number(other.current) - Number(one.current));
}
