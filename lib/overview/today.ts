import 'server-only';
import { vendorMs } from '../attempts/duration-sql';
import { readsAsOneOf, stateAsRead } from '../attempts/state-sql';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { ofBranch } from '../lists/in-branch';
import { withinTime } from '../lists/within-time';
import type { VendorKey } from '../vendors/vendor';
import type { HourOfDay, OnboardingOutcome, VendorToday } from './overview';

const noCounts = { succeeded: 0, sent: 0, refused: 0, unknown: 0 } as const;

function within(since: Date): Prisma.Sql {
  return Prisma.join([ofBranch('r'), ...withinTime({ from: since, until: null }, 'opened_at')], ' and ');
}

/** Onboardings since an instant by hour of the day, each by how it stands now. Hours without any are left out. */
export async function readHours(
  tx: ActorTx,
  { since, timeZone }: { readonly since: Date; readonly timeZone: string },
): Promise<readonly HourOfDay[]> {
  const rows = await tx.$queryRaw<{ hour: number; outcome: OnboardingOutcome; count: number }[]>(Prisma.sql`
    with today as (
      select r.correlation_id, extract(hour from r.opened_at at time zone ${timeZone})::integer as hour
      from onboarding r where ${within(since)}
    ), standing as (
      select t.hour, case
        when bool_or(a.contradicted or a.state = 'unknown') then 'unknown'
        when bool_or(a.state = 'refused') then 'refused'
        when bool_or(a.state in ('waiting', 'pending', 'sent')) then 'sent'
        else 'succeeded' end as outcome
      from today t cross join lateral (
        select ${stateAsRead} as state, r.contradicted from attempt r
        where r.correlation_id = t.correlation_id and r.retried_by is null) a
      group by t.correlation_id, t.hour
    )
    select hour, outcome, count(*)::integer as count from standing group by hour, outcome order by hour`);
  const hours = new Map<number, Record<OnboardingOutcome, number>>();
  for (const { hour, outcome, count } of rows) {
    const counts = hours.get(hour) ?? { ...noCounts };
    counts[outcome] = count;
    hours.set(hour, counts);
  }
  return [...hours].map(([hour, counts]) => ({ hour, counts }));
}

interface VendorRow {
  readonly vendor: VendorKey;
  readonly medianMs: number | null;
  readonly answers: number;
  readonly decided: number;
  readonly passed: number;
}

/** How long each vendor took over its creates since an instant (the median), and how many first tries passed at once. */
export async function readVendors(
  tx: ActorTx,
  since: Date,
): Promise<{ vendors: readonly VendorToday[]; firstPass: { decided: number; passed: number } }> {
  const answered = Prisma.sql`r.sent_at is not null and r.closed_at is not null and r.state in ('succeeded', 'refused')
    and r.settlement is null`;
  // What was refused with its customer was no try.
  const first = Prisma.sql`r.retry_of is null and (r.waits_for is null or r.released_at is not null)`;
  const rows = await tx.$queryRaw<VendorRow[]>(Prisma.sql`
    select r.vendor,
      (percentile_cont(0.5) within group (order by there.ms) filter (where ${answered}))::float8 as "medianMs",
      count(*) filter (where ${answered})::integer as answers,
      count(*) filter (where ${first} and ${readsAsOneOf(['succeeded', 'refused', 'unknown'])})::integer as decided,
      count(*) filter (where ${first} and r.state = 'succeeded' and r.settlement is null)::integer as passed
    from attempt r cross join lateral (select case when ${answered} then ${vendorMs} end as ms) there
    where ${within(since)}
    group by r.vendor order by r.vendor`);
  const sum = (key: 'decided' | 'passed') => rows.reduce((total, row) => total + row[key], 0);
  return {
    vendors: rows.map(({ vendor, medianMs, answers }) => ({ vendor, medianMs, answers })),
    firstPass: { decided: sum('decided'), passed: sum('passed') },
  };
}
