import { z } from 'zod';

/** A stretch of time: from included, until excluded, null open. */
export interface TimeRange {
  readonly from: Date | null;
  readonly until: Date | null;
}

export const periods = ['today', '7-days', '30-days'] as const;

const dayMs = 86_400_000;
const daySchema = z.iso.date();

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one costs far more than using it. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-GB', { ...numeric, second: 'numeric', hourCycle: 'h23', timeZone });
  formats.set(timeZone, made);
  return made;
}

/** Milliseconds by which a zone is ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  const parts = wallClock(timeZone).formatToParts(at);
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return wall - Math.trunc(at / 1000) * 1000;
}

/** The first instant of a day (`YYYY-MM-DD`) in a zone. Where midnight does not exist, the instant the clock jumps. */
export function startOfDay(day: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // The offset may differ between the guess and the answer; of two candidates the one that reads as that day counts.
  const candidates = [wall - offsetMs(wall - dayMs / 2, timeZone), wall - offsetMs(wall + dayMs / 2, timeZone)];
  const fitting = candidates.filter((at) => at + offsetMs(at, timeZone) >= wall).sort((left, right) => left - right);
  return new Date(fitting[0] ?? wall);
}

/** The day (`YYYY-MM-DD`) that an instant falls on in a zone. */
export function dayOf(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** The day so many days later (or earlier, when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/**
 * The time a list is restricted to: `when` names a period that ends today, `dayFrom` and `dayUntil` days, both included,
 * as the filter bar writes them.
 * @returns the range, or null where what is written can never match
 */
export function parseTimeRange(
  query: URLSearchParams,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): TimeRange | null {
  const today = dayOf(now, timeZone);
  const read = (name: string) => query.get(name)?.trim() || null;
  const [period, first, last] = [read('when'), read('dayFrom'), read('dayUntil')];
  if ([first, last].some((day) => day !== null && !daySchema.safeParse(day).success)) return null;
  if (period !== null && !z.enum(periods).safeParse(period).success) return null;
  const starts = [
    ...(first === null ? [] : [first]),
    ...(period === 'today' ? [today] : []),
    ...(period === '7-days' ? [addDays(today, -6)] : []),
    ...(period === '30-days' ? [addDays(today, -29)] : []),
  ].sort();
  const start = starts.at(-1);
  return {
    from: start === undefined ? null : startOfDay(start, timeZone),
    until: last === null ? null : startOfDay(addDays(last, 1), timeZone),
  };
}

/** The smallest UUIDv7 of an instant: ids carry their time, so that a time filter is a stretch of the primary key. */
export function lowestIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
