import type { AttemptView, ExchangeView } from '@/lib/onboarding/record-view';

/** Where the bars of a record's timeline lie. Pure. All times in milliseconds since the attempt was opened. */

export interface TimelineBar {
  readonly exchange: ExchangeView;
  readonly fromMs: number;
  readonly toMs: number;
  readonly tone: 'answered' | 'refused' | 'unanswered';
}

export interface TimelineRow {
  readonly attempt: AttemptView;
  readonly bars: readonly TimelineBar[];
  /** Requests made after the outcome: not drawn. */
  readonly laterCount: number;
  /** How long it waited here before its first request, where that is worth saying; else null. */
  readonly waitedMs: number | null;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly spanMs: number;
  readonly ticksMs: readonly number[];
}

const shortestSpanMs = 200;
const tickSteps = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
const mostTicks = 6;

/**
 * The timeline of a record. Attempts of one submit are opened together, so that their rows share one clock; a retry, which
 * may be days later, is drawn from its own opening on the same scale.
 */
export function toTimeline(attempts: readonly AttemptView[]): Timeline {
  const rows = attempts.map(toRow);
  const ends = rows.flatMap((row) => [
    ...row.bars.map((bar) => bar.toMs),
    ...(row.waitedMs === null ? [] : [row.waitedMs]),
  ]);
  const spanMs = Math.max(shortestSpanMs, ...ends);
  const step = tickSteps.find((one) => spanMs / one <= mostTicks) ?? spanMs;
  const ticksMs = ends.length === 0 ? [] : Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, at) => at * step);
  return { rows, spanMs, ticksMs };
}

/** So long after its opening a service that waited is drawn on the clock that it was opened on. */
const sharedClockMs = 60_000;

/** Where an attempt's row begins: one that was released long afterwards begins then, as a retry does. */
function startOf({ openedAt, releasedAt }: AttemptView): number {
  const [opened, released] = [Date.parse(openedAt), Date.parse(releasedAt ?? openedAt)];
  return released - opened > sharedClockMs ? released : opened;
}

function toRow(attempt: AttemptView): TimelineRow {
  const openedAt = startOf(attempt);
  // What was read after the outcome, an hour later perhaps, would leave no room for the rest.
  const outcomeAt = Date.parse(attempt.closedAt ?? attempt.deadline);
  const inTime = attempt.exchanges.filter((exchange) => Date.parse(exchange.startedAt) <= outcomeAt);
  const bars = inTime.map((exchange) => toBar(exchange, openedAt));
  return {
    attempt,
    bars,
    laterCount: attempt.exchanges.length - inTime.length,
    waitedMs: toWaited(bars, attempt),
  };
}

/** Shorter waits are not told from the work of sending. */
const shortestWaitMs = 50;

function toWaited(bars: readonly TimelineBar[], { tookMs, sentAt }: AttemptView): number | null {
  // One that was closed without any request spent all its time waiting.
  const waited = bars.length > 0 ? Math.min(...bars.map((bar) => bar.fromMs)) : sentAt === null ? tookMs : null;
  return waited !== null && waited >= shortestWaitMs ? waited : null;
}

function toBar(exchange: ExchangeView, openedAt: number): TimelineBar {
  const fromMs = Math.max(0, Date.parse(exchange.startedAt) - openedAt);
  return { exchange, fromMs, toMs: fromMs + Math.max(0, exchange.durationMs), tone: toTone(exchange) };
}

function toTone(exchange: ExchangeView): TimelineBar['tone'] {
  if (exchange.status === null) return 'unanswered';
  return exchange.status < 400 && exchange.refusal === null ? 'answered' : 'refused';
}

/** A position on the axis in percent. */
export function toPercent(ms: number, spanMs: number): number {
  return Math.min(100, (ms / spanMs) * 100);
}
