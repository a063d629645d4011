import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { type SystemTx, systemStatement } from '../db/as-system';
import { parseSessionCookie, sessionCookie, sessionMaxAgeSeconds } from './session-cookie';

export interface CurrentSession {
  readonly sessionId: string;
  readonly userId: string;
}

/**
 * The session of the current request, or null. The cookie only names a row; the row decides: not ended, at most 12 hours
 * old, seen within the last hour. Asked once per page however many parts need it.
 */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const value = (await cookies()).get(sessionCookie().name)?.value;
  if (value === undefined) return null;
  const sessionId = await parseSessionCookie(value);
  return sessionId === null ? null : liveSession(sessionId);
});

/**
 * A session that is still good, by the id of its row, or null. Marks it as seen, at most once a minute.
 * One prepared statement, because every request asks it.
 */
export async function liveSession(sessionId: string): Promise<CurrentSession | null> {
  const [row] = await systemStatement<{ id: string; user_id: string }>('manage sessions and passwords', {
    name: 'session-live',
    text: `with live as (
        select id, user_id, last_seen_at from session
        where id = $1::uuid and revoked_at is null and expires_at > clock_timestamp()
          and last_seen_at > clock_timestamp() - interval '1 hour'
      ), seen as (
        update session set last_seen_at = clock_timestamp() from live
        where session.id = live.id and live.last_seen_at < clock_timestamp() - interval '1 minute'
      )
      select id, user_id from live`,
    values: [sessionId],
  });
  return row === undefined ? null : { sessionId: row.id, userId: row.user_id };
}

/** Starts a session of a user, in the transaction that let them in. Returns its id. */
export async function createSession(
  tx: SystemTx,
  session: { readonly userId: string; readonly address: string; readonly userAgent: string },
): Promise<string> {
  const id = uuidv7();
  await tx.$executeRaw`insert into session (id, user_id, address, user_agent, expires_at)
    values (${id}::uuid, ${session.userId}::uuid, ${session.address}, ${session.userAgent},
      clock_timestamp() + make_interval(secs => ${sessionMaxAgeSeconds}))`;
  return id;
}

/** Ends one session. True when it was still going. */
export async function revokeSession(tx: SystemTx, sessionId: string): Promise<boolean> {
  const ended = await tx.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return ended.count === 1;
}
