import 'server-only';
import { Prisma } from '../db/generated/client';

/**
 * The two durations of an attempt `r`, in milliseconds, wherever one is shown. *Took* is the whole: from opening (of what waited
 * for its customer: from its release; none where it was refused with it) to outcome, with every wait of ours. *At the vendor* is the time of the requests of its create alone, tries repeated included: what a
 * vendor can be measured by.
 */
export const tookMs = Prisma.sql`case when r.waits_for is null or r.released_at is not null then
  (extract(epoch from r.closed_at - coalesce(r.released_at, r.opened_at)) * 1000)::float8 end`;

/** Null for an attempt whose create never left. */
export const vendorMs = Prisma.sql`(select sum(e.duration_ms) from exchange e
  where e.attempt_id = r.id and e.purpose = 'create' and e.phase <> 'not-connected')::float8`;

/** The same of a record whose exchanges are read already. Pure. */
export function vendorTime(
  exchanges: readonly { readonly purpose: string; readonly phase: string; readonly durationMs: number }[],
): number | null {
  const creates = exchanges.filter((one) => one.purpose === 'create' && one.phase !== 'not-connected');
  return creates.length === 0 ? null : creates.reduce((sum, one) => sum + one.durationMs, 0);
}
