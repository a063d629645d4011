import 'server-only';
import { Prisma } from '../db/generated/client';
import { lowestIdAt, type TimeRange } from './time-range';

/** An id is minted in another process, and some time before its row: the clocks may differ by this much. */
const slackMs = 3_600_000;

const columns = {
  opened_at: Prisma.sql`r.opened_at`,
  created_at: Prisma.sql`r.created_at`,
  at: Prisma.sql`r.at`,
} as const;

/** `r` happened within a range, judged by a column; the id bounds the stretch of the index that is read. */
export function withinTime({ from, until }: TimeRange, column: keyof typeof columns): readonly Prisma.Sql[] {
  const at = columns[column];
  const lowest = (instant: Date, shiftMs: number) => lowestIdAt(new Date(instant.getTime() + shiftMs));
  return [
    ...(from === null
      ? []
      : [Prisma.sql`r.id >= ${lowest(from, -slackMs)}::uuid and ${at} >= ${from.toISOString()}::timestamptz`]),
    ...(until === null
      ? []
      : [Prisma.sql`r.id < ${lowest(until, slackMs)}::uuid and ${at} < ${until.toISOString()}::timestamptz`]),
  ];
}
