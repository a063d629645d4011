import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CoveSetUp, callsOf, setUpCove } from '../testing/cove';
import { type TestCall, testCall } from '../testing/vendor-call';
import { contextOf, zeus } from '../testing/zeus';
import type { VendorConnection, VendorOutcome } from '../vendor';
import { refusalKeptMs, VisaSession, visaLifeMs } from './visa';

const many = 64;

let setUp: CoveSetUp;
beforeAll(async () => {
  setUp = await setUpCove();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

let names = 0;
function create(call: TestCall): Promise<VendorOutcome> {
  const { adapter } = setUp;
  names += 1;
  return adapter.createCustomer(
    call,
    { ...zeus, name: `Zeus & Sons ${names}` },
    adapter.parseInput({}),
    contextOf(call),
  );
}

const logins = () => callsOf(setUp, 'Login').length;
const states = (outcomes: readonly VendorOutcome[]) => [...new Set(outcomes.map((one) => one.state))];

/** 64 creates at once; `onTurn` is told of each request before it leaves, counted from 1. */
function createMany(connection: VendorConnection, onTurn: (turn: number) => void = () => {}) {
  let turn = 0;
  const takeTurn = async () => {
    turn += 1;
    onTurn(turn);
  };
  return Promise.all(Array.from({ length: many }, () => create(testCall(connection, { takeTurn }))));
}

describe(`R11: ${many} calls around a visa's expiry`, () => {
  test('cold: one sign-in, every customer once', async () => {
    expect(states(await createMany(setUp.connect()))).toEqual(['succeeded']);
    expect([logins(), setUp.simulator.control.customers().length]).toEqual([1, many]);
    const ids = callsOf(setUp, 'AddPartner').map((one) => one.requestId);
    expect([ids.length, new Set(ids).size]).toEqual([many, many]);
  });

  test('expired at the vendor alone: all are refused before processing, one signs in, no call fails', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    for (let expiry = 1; expiry <= 3; expiry += 1) {
      simulator.control.advanceClock(visaLifeMs);
      simulator.control.clearLog();
      expect(states(await createMany(connection))).toEqual(['succeeded']);
      expect([logins(), simulator.control.customers().length]).toEqual([1, many * expiry]);
    }
  });

  // Requests leave one after another although the calls run side by side: the expiry falls before the nth.
  test.each([1, 8, 32, 48, 64])('it expires before request %i leaves: one sign-in, no call fails', async (nth) => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    simulator.control.clearLog();
    const outcomes = await createMany(connection, (turn) => {
      if (turn === nth) simulator.control.revokeTokens();
    });
    expect(states(outcomes)).toEqual(['succeeded']);
    expect(simulator.control.customers().length).toBe(many);
    expect(logins()).toBeLessThanOrEqual(1);
  });

  test('expired by our own clock: signed in anew before anything is refused', async () => {
    const { simulator, adapter, connect, advance } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    simulator.control.clearLog();
    advance(visaLifeMs);
    simulator.control.advanceClock(visaLifeMs);
    expect(states(await createMany(connection))).toEqual(['succeeded']);
    expect([logins(), callsOf(setUp, 'AddPartner').length]).toEqual([1, many]);
  });

  test('expired, and the sign-in is refused: it is asked for once, every call is told', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    simulator.control.revokeTokens();
    simulator.control.clearLog();
    simulator.control.setFault({ ending: 'refuse', path: 'token', times: null });
    const outcomes = await createMany(connection);
    const kinds = outcomes.map((one) =>
      one.state === 'succeeded' ? '' : `${one.problem.kind}/${one.problem.message}`,
    );
    expect([...new Set(kinds)]).toEqual(['forbidden/sign-in-refused']);
    expect([logins(), simulator.control.customers().length]).toEqual([1, 0]);
  });
});

describe('a session at Cove', () => {
  test('each answer brings the visa of the next request, so that it outlives fifteen minutes without a second sign-in', async () => {
    const { simulator, adapter, connect, advance } = setUp;
    const connection = connect();
    for (let step = 0; step < 10; step += 1) {
      advance(10 * 60_000);
      simulator.control.advanceClock(10 * 60_000);
      expect((await adapter.getCustomer(testCall(connection), '50212'))?.name).toBe('Atlas Bakery');
    }
    expect([logins(), callsOf(setUp, 'GetPartnerInfoById').length]).toEqual([1, 10]);
  });

  test('the visa beside an error is kept too', async () => {
    const { simulator, adapter, connect, advance } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    for (let step = 0; step < 3; step += 1) {
      advance(10 * 60_000);
      simulator.control.advanceClock(10 * 60_000);
      expect(await adapter.getCustomer(testCall(connection), '99999999')).toBeNull();
    }
    expect((await adapter.getCustomer(testCall(connection), '50212'))?.match).toBe('id');
    expect(logins()).toBe(1);
  });

  test('an answer without a visa changes nothing: the one before is used on', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    simulator.control.setFault({ ending: 'no-visa', body: '"GetPartnerInfoById"', times: null });
    for (let step = 0; step < 3; step += 1) await adapter.getCustomer(testCall(connection), '50212');
    expect(logins()).toBe(1);
  });

  test('an older request’s visa does not replace a newer one’s', () => {
    const clock = { now: () => 0, random: () => 0, sleep: async () => {} };
    const session = new VisaSession({ visa: 'first', partnerId: 1, askedAtMs: 0 }, clock);
    const older = session.take();
    const newer = session.take();
    session.absorb(newer, 'of the newer');
    session.absorb(older, 'of the older');
    expect(session.take().visa).toBe('of the newer');
    session.absorb(session.take(), null);
    expect(session.take().visa).toBe('of the newer');
  });

  test('a session of one connection, version or credential is nobody else’s', async () => {
    const { adapter, connect } = setUp;
    const connection = connect();
    const read = (one: VendorConnection) => adapter.getCustomer(testCall(one), '50212');
    await read(connection);
    await read(connection);
    expect(logins()).toBe(1);
    await read({ ...connection, version: 2 });
    expect(logins()).toBe(2);
    await expect(read({ ...connection, version: 2, secrets: { password: 'another' } })).rejects.toMatchObject({
      problem: { kind: 'forbidden', message: 'sign-in-refused' },
    });
    expect(logins()).toBe(3);
  });

  test('a refused sign-in is not repeated by the calls that follow, until it is tested or a while has passed', async () => {
    const { simulator, adapter, connect, advance } = setUp;
    const connection = connect();
    simulator.control.setFault({ ending: 'refuse', path: 'token', times: 1 });
    const refused = { problem: { kind: 'forbidden', message: 'sign-in-refused', params: { step: 'token' } } };
    await expect(adapter.getCustomer(testCall(connection), '50212')).rejects.toMatchObject(refused);
    await expect(adapter.getCustomer(testCall(connection), '50212')).rejects.toMatchObject(refused);
    expect(logins()).toBe(1);
    expect(await adapter.probe(testCall(connection))).toMatchObject({ ok: true });
    expect((await adapter.getCustomer(testCall(connection), '50212'))?.match).toBe('id');
    expect(logins()).toBe(2);

    const other = connect();
    simulator.control.setFault({ ending: 'refuse', path: 'token', times: 1 });
    await expect(adapter.getCustomer(testCall(other), '50212')).rejects.toMatchObject(refused);
    advance(refusalKeptMs);
    expect((await adapter.getCustomer(testCall(other), '50212'))?.match).toBe('id');
  });

  test('a caller that gives up does not take the sign-in from the others', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    const gone = new AbortController();
    simulator.control.setFault({ ending: 'delay', path: 'token', delayMs: 50 });
    const first = adapter.getCustomer(testCall(connection, { signal: gone.signal }), '50212');
    const second = adapter.getCustomer(testCall(connection), '50212');
    gone.abort();
    await expect(first).rejects.toMatchObject({ problem: { kind: 'timeout', effect: 'none' } });
    expect((await second)?.match).toBe('id');
    expect(logins()).toBe(1);
  });

  test('a caller whose turn never came leaves the sign-in to the next', async () => {
    const { adapter, connect } = setUp;
    const connection = connect();
    const reason = new Error('no turn');
    const first = adapter.getCustomer(testCall(connection, { takeTurn: () => Promise.reject(reason) }), '50212');
    const second = adapter.getCustomer(testCall(connection), '50212');
    await expect(first).rejects.toBe(reason);
    expect((await second)?.match).toBe('id');
    expect(logins()).toBe(1);
  });
});
