import 'server-only';
import { asSystem } from '../db/as-system';

export interface SessionFacts {
  /** ISO instant of the last successful sign-in, or null. */
  readonly lastSignInAt: string | null;
  /** Sessions that are still good. */
  readonly live: number;
}

/**
 * When users last signed in and how many sessions they have now. Session rows are their owner's own under row-level
 * security; an admin learns these two facts and no more.
 * @param userIds users the caller has read as the actor
 */
export async function getSessionFacts(userIds: readonly string[]): Promise<ReadonlyMap<string, SessionFacts>> {
  const rows = await asSystem(
    'manage sessions and passwords',
    (tx) => tx.$queryRaw<{ user_id: string; last: Date; live: number }[]>`select user_id, max(created_at) as last,
      (count(*) filter (where revoked_at is null and expires_at > clock_timestamp()
        and last_seen_at > clock_timestamp() - interval '1 hour'))::int as live
    from session where user_id = any (${[...userIds]}::uuid[]) group by user_id`,
  );
  return new Map(rows.map((row) => [row.user_id, { lastSignInAt: row.last.toISOString(), live: row.live }]));
}
