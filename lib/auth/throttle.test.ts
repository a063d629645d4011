import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { testDatabase } from '../testing/database';
import { type Admission, accountKey, admitTry, forgiveTry } from './throttle';

await testDatabase();

const start = Date.parse('2026-11-20T08:00:00Z');
let account = '';
let made = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  made += 1;
  account = accountKey(`owner-${made}@people.example`);
});
afterEach(() => void vi.useRealTimers());

const laterBy = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const from = (address: string, knownAddress = false) => ({ account, address, knownAddress });
const waitOf = (admission: Admission) => (admission.admitted ? 0 : admission.waitSeconds);

/** A different address each time, so that only the account counts. */
function* elsewhere() {
  for (let at = 0; ; at += 1) yield `203.${Math.floor(at / 60_000)}.${Math.floor(at / 250) % 250}.${at % 250}`;
}

describe('an account from one address', () => {
  test('has five tries, then waits that double up to a quarter of an hour', async () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) expect(await admitTry(from('192.0.2.1'))).toEqual({ admitted: true });
    for (let round = 0; round < 10; round += 1) {
      const wait = waitOf(await admitTry(from('192.0.2.1')));
      waits.push(wait);
      laterBy(wait);
      expect(waitOf(await admitTry(from('192.0.2.1')))).toBe(0);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  test('waits no longer for tries that were turned away', async () => {
    for (let tries = 0; tries < 5; tries += 1) await admitTry(from('192.0.2.2'));
    for (let tries = 0; tries < 30; tries += 1) expect(waitOf(await admitTry(from('192.0.2.2')))).toBe(5);
    laterBy(5);
    expect(await admitTry(from('192.0.2.2'))).toEqual({ admitted: true });
  });

  test('says of the first try turned away in a wait that it is the first', async () => {
    for (let tries = 0; tries < 5; tries += 1) await admitTry(from('192.0.2.3'));
    const firsts = [];
    for (let tries = 0; tries < 3; tries += 1) firsts.push(await admitTry(from('192.0.2.3')));
    expect(firsts.map((admission) => !admission.admitted && admission.first)).toEqual([true, false, false]);
  });

  test('starts afresh after the right password', async () => {
    for (let tries = 0; tries < 5; tries += 1) await admitTry(from('192.0.2.4'));
    laterBy(5);
    await admitTry(from('192.0.2.4'));
    await forgiveTry(from('192.0.2.4'));
    for (let tries = 0; tries < 5; tries += 1) expect(await admitTry(from('192.0.2.4'))).toEqual({ admitted: true });
  });

  test('gets five tries out of a hundred at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => admitTry(from('192.0.2.5', true))));
    expect(answers.filter((answer) => answer.admitted)).toHaveLength(5);
  });

  test('is counted over processes', async () => {
    // Each closing drops the limiters: what follows is a limiter of another process on the same rows.
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await admitTry(from('192.0.2.6'))).toEqual({ admitted: true });
      await closeDatabases();
    }
    expect(waitOf(await admitTry(from('192.0.2.6')))).toBe(5);
  });
});

describe('an account attacked from everywhere', () => {
  test('slows strangers, and lets its owner in from an address that worked before', async () => {
    const addresses = elsewhere();
    const next = () => addresses.next().value ?? '';
    for (let tries = 0; tries < 20; tries += 1) expect(await admitTry(from(next()))).toEqual({ admitted: true });
    expect(waitOf(await admitTry(from(next())))).toBe(5);
    expect(await admitTry(from('198.51.100.7', true))).toEqual({ admitted: true });
    await forgiveTry(from('198.51.100.7', true));
    expect(waitOf(await admitTry(from(next())))).toBe(5);
  });

  test('is guessed at fewer than 130 times in a day, and never locked', async () => {
    const addresses = elsewhere();
    let looked = 0;
    const end = start + 24 * 60 * 60 * 1000;
    while (Date.now() < end) {
      const admission = await admitTry(from(addresses.next().value ?? ''));
      if (admission.admitted) looked += 1;
      else laterBy(admission.waitSeconds);
    }
    expect(looked).toBeGreaterThan(100);
    expect(looked).toBeLessThan(130);
  });
});

describe('one address at many accounts', () => {
  const tryNew = (address: string, at: number) =>
    admitTry({ account: accountKey(`${made}-${at}@people.example`), address, knownAddress: false });

  test('has thirty tries in ten minutes', async () => {
    for (let at = 0; at < 30; at += 1) expect(await tryNew('198.51.100.8', at)).toEqual({ admitted: true });
    expect(waitOf(await tryNew('198.51.100.8', 31))).toBe(600);
    laterBy(600);
    expect(await tryNew('198.51.100.8', 32)).toEqual({ admitted: true });
  });

  test('is the whole /64 of IPv6, and the same address however it is written', async () => {
    for (let at = 0; at < 15; at += 1) await tryNew(`2001:db8:7:7::${at.toString(16)}`, at);
    for (let at = 15; at < 30; at += 1) await tryNew(`2001:db8:7:7:ffff:0:0:${at.toString(16)}`, at);
    expect(waitOf(await tryNew('2001:0db8:0007:0007:0:0:0:1', 31))).toBe(600);
    expect(await tryNew('2001:db8:7:8::1', 32)).toEqual({ admitted: true });
    for (let at = 0; at < 30; at += 1) await tryNew('::ffff:198.51.100.9', at);
    expect(waitOf(await tryNew('198.51.100.9', 31))).toBe(600);
  });

  test('does not count the right passwords of an office', async () => {
    for (let at = 0; at < 60; at += 1) {
      const who = { account: accountKey(`office-${at}@people.example`), address: '198.51.100.10', knownAddress: false };
      expect(await admitTry(who)).toEqual({ admitted: true });
      await forgiveTry(who);
    }
  });
});

test('the rows hold digests and addresses, no e-mail address', async () => {
  await admitTry(from('192.0.2.99'));
  const rows = await asSystem('throttle', (tx) => tx.$queryRaw<{ key: string }[]>`select key from throttle`);
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.filter((row) => row.key.includes('@'))).toEqual([]);
});
