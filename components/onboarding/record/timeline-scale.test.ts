import { describe, expect, test } from 'vitest';
import type { AttemptView, ExchangeView } from '@/lib/onboarding/record-view';
import { toTimeline } from './timeline-scale';

const opened = Date.parse('2026-11-20T15:00:00.000Z');
const at = (ms: number) => new Date(opened + ms).toISOString();

function exchange(fromMs: number, durationMs: number, status: number | null = 200): ExchangeView {
  return {
    id: `exchange-${fromMs}`,
    purpose: 'create',
    method: 'POST',
    startedAt: at(fromMs),
    durationMs,
    phase: 'answered',
    status,
    failure: null,
    refusal: null,
    requestBytes: 1,
    responseBytes: 1,
    withheld: 'erased',
    content: null,
  };
}

function attempt(exchanges: readonly ExchangeView[], part: Partial<AttemptView> = {}): AttemptView {
  return {
    attemptId: 'attempt',
    connectionId: 'connection',
    connectionName: 'Connection',
    ownerName: 'Owner',
    vendor: 'cloud-cockpit',
    operation: 'create-customer',
    service: null,
    partner: null,
    state: 'succeeded',
    reason: null,
    problem: null,
    remark: null,
    nextStep: 'nothing',
    retryOf: null,
    retriedBy: null,
    waitsFor: null,
    releasedAt: null,
    takenAlongBy: null,
    vendorId: null,
    vendorCorrelationId: null,
    mappingId: null,
    profile: null,
    openedAt: at(0),
    tookMs: 5000,
    vendorMs: null,
    sentAt: at(10),
    closedAt: at(1000),
    deadline: at(30_000),
    actorName: '',
    actorRole: '',
    actorPartner: '',
    settlement: null,
    contradicted: false,
    lookUps: null,
    payloadHash: '',
    request: null,
    exchanges,
    may: { check: false, retry: false, settleByHand: false, adopt: false },
    ...part,
  };
}

describe('the timeline of a record', () => {
  test('all attempts share one scale that ends with the last answer in time', () => {
    const { rows, spanMs } = toTimeline([attempt([exchange(100, 200)]), attempt([exchange(50, 950)])]);
    expect(spanMs).toBe(1000);
    expect(rows.map((row) => row.bars.map((bar) => [bar.fromMs, bar.toMs]))).toEqual([[[100, 300]], [[50, 1000]]]);
  });

  test('a look-up an hour later is counted, not drawn, and does not stretch the scale', () => {
    const { rows, spanMs } = toTimeline([attempt([exchange(100, 200), exchange(3_600_000, 50)])]);
    expect(spanMs).toBe(300);
    expect(rows[0]?.laterCount).toBe(1);
  });

  test('an attempt without an outcome takes its deadline as the end of what is drawn', () => {
    const { rows } = toTimeline([attempt([exchange(100, 20_000)], { state: 'unknown', closedAt: null })]);
    expect(rows[0]?.bars).toHaveLength(1);
  });

  test('while nothing has travelled there is no scale to read from', () => {
    const { ticksMs, rows } = toTimeline([attempt([], { state: 'sent', closedAt: null })]);
    expect(ticksMs).toEqual([]);
    expect(rows[0]?.waitedMs).toBeNull();
  });

  test('a clock that ran behind does not draw outside of the frame', () => {
    const { rows } = toTimeline([attempt([exchange(-40, 100)])]);
    expect(rows[0]?.bars[0]?.fromMs).toBe(0);
  });

  test('what it waited here before its first request is told, a mere moment is not', () => {
    const waited = (exchanges: readonly ExchangeView[], part: Partial<AttemptView> = {}) =>
      toTimeline([attempt(exchanges, part)]).rows[0]?.waitedMs;
    expect(waited([exchange(2_400, 100), exchange(3_000, 50)], { closedAt: at(3_100) })).toBe(2_400);
    expect(waited([exchange(20, 100)])).toBeNull();
    const neverSent: Partial<AttemptView> = { state: 'refused', sentAt: null, tookMs: 30_000 };
    expect(waited([], neverSent)).toBe(30_000);
    expect(toTimeline([attempt([], neverSent)]).spanMs).toBe(30_000);
  });

  test('a service that was released long after its opening begins with its release; right after it, it shares the clock', () => {
    const of = (releasedAt: string, fromMs: number) =>
      toTimeline([attempt([exchange(fromMs, 100)], { releasedAt, closedAt: at(fromMs + 100) })]).rows[0]?.bars[0]
        ?.fromMs;
    expect(of(at(3_600_000), 3_600_200)).toBe(200);
    expect(of(at(2_000), 2_200)).toBe(2_200);
  });

  test('a no within a 200 is drawn as refused', () => {
    const inside = { ...exchange(0, 1), refusal: { code: '2302', message: null } };
    expect(toTimeline([attempt([inside])]).rows[0]?.bars[0]?.tone).toBe('refused');
  });

  test('how a request ended is told apart: answered, refused, unanswered', () => {
    const { rows } = toTimeline([attempt([exchange(0, 1, 201), exchange(1, 1, 400), exchange(2, 1, null)])]);
    expect(rows[0]?.bars.map((bar) => bar.tone)).toEqual(['answered', 'refused', 'unanswered']);
  });

  test.each([300, 950, 4200, 15_000, 29_000])('a span of %i ms has a handful of ticks', (ms) => {
    const { ticksMs, spanMs } = toTimeline([attempt([exchange(0, ms)], { closedAt: at(ms) })]);
    expect(ticksMs.length).toBeGreaterThanOrEqual(2);
    expect(ticksMs.length).toBeLessThanOrEqual(7);
    expect(ticksMs.at(-1)).toBeLessThanOrEqual(spanMs);
  });
});
