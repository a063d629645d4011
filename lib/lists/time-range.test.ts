import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database';
import { addDays, dayOf, lowestIdAt, parseTimeRange, startOfDay } from './time-range';

const database = await testDatabase();
const client = new pg.Client({ connectionString: database.superUrl });
await client.connect();
afterAll(async () => {
  await client.end();
  await database.drop();
});

const zones = [
  ...[
    'UTC',
    'Europe/Lisbon',
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'Asia/Kolkata',
    'Asia/Kathmandu',
  ],
  ...['Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Kiritimati', 'America/Sao_Paulo', 'Africa/Cairo', 'Asia/Beirut'],
];

describe('a day of a zone', () => {
  test.each(zones)('in %s begins when PostgreSQL says it does, on every day of two years', async (zone) => {
    const { rows } = await client.query<{ day: string; start: Date; instant: Date; on: string }>(
      `select to_char(day, 'YYYY-MM-DD') as day, day::timestamp at time zone $1 as start,
         (day + interval '13 hours')::timestamp at time zone 'UTC' as instant,
         to_char((day + interval '13 hours')::timestamp at time zone 'UTC' at time zone $1, 'YYYY-MM-DD') as on
       from generate_series(date '2025-01-01', date '2026-12-31', interval '1 day') day`,
      [zone],
    );
    expect(rows).toHaveLength(730);
    for (const { day, start, instant, on } of rows) {
      expect(startOfDay(day, zone).toISOString(), `${day} ${zone}`).toBe(start.toISOString());
      expect(dayOf(instant, zone), `${instant.toISOString()} ${zone}`).toBe(on);
    }
  });
  test('where midnight does not exist, it begins when the clock jumps', () => {
    expect(startOfDay('2026-04-24', 'Africa/Cairo').toISOString()).toBe('2026-04-23T22:00:00.000Z');
  });
  test('days are counted over months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});

describe('the time of a list', () => {
  const now = new Date('2026-11-20T23:30:00Z');
  const read = (query: string, timeZone = 'Europe/Berlin') =>
    parseTimeRange(new URLSearchParams(query), { timeZone, now });

  test.each([
    ['', null, null],
    ['when=today', '2026-11-20T23:00:00.000Z', null],
    ['when=7-days', '2026-11-14T23:00:00.000Z', null],
    ['when=30-days', '2026-10-22T22:00:00.000Z', null],
    ['dayFrom=2026-03-29&dayUntil=2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['dayFrom=2026-11-01&when=today', '2026-11-20T23:00:00.000Z', null],
    ['dayUntil=2026-11-01', null, '2026-11-01T23:00:00.000Z'],
  ])('%s', (query, from, until) => {
    const range = read(query);
    expect(range?.from?.toISOString() ?? null).toBe(from);
    expect(range?.until?.toISOString() ?? null).toBe(until);
  });
  test.each(['when=someday', 'dayFrom=2026-02-30', 'dayUntil=20.11.2026', 'dayFrom=%00'])('%s is no time', (query) => {
    expect(read(query)).toBeNull();
  });
});

test('the lowest id of an instant is below every id minted then, and above every id before', () => {
  const at = new Date('2026-11-20T12:00:00.000Z');
  const lowest = uuidv7({ msecs: at.getTime(), random: new Uint8Array(16) });
  const highest = uuidv7({ msecs: at.getTime() - 1, random: new Uint8Array(16).fill(255), seq: 0xffffffff });
  expect(lowestIdAt(at) < lowest).toBe(true);
  expect(highest < lowestIdAt(at)).toBe(true);
});
