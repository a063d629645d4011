import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VendorError } from '../http/vendor-error';
import { type CoveSetUp, callsOf, setUpCove } from '../testing/cove';
import { type TestCall, testCall } from '../testing/vendor-call';
import { describeWeather, saidOf, type WeatherRow } from '../testing/weather';
import { contextOf, zeus } from '../testing/zeus';
import type { VendorOutcome } from '../vendor';
import type { CoveFault as Fault } from './simulator/vendor';

const on = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({
  ending,
  body: '"AddPartner"',
  ...rest,
});
const token = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({ ending, path: 'token', ...rest });
const error = (code: number, rest: Partial<Fault> = {}) => on('rpc-error', { code, ...rest });
const always = { times: null };

const table: readonly WeatherRow<Fault>[] = [
  // the vendor's no, inside a 200
  [on('refuse'), 'refused rejected/none', 0, 1],
  [on('conflict'), 'refused already-exists/earlier', 0, 1],
  [on('not-found'), 'refused rejected/none', 0, 1],
  [on('forbidden'), 'refused forbidden/none', 0, 1],
  [error(2101), 'refused rejected/none', 0, 1],
  [error(2104), 'refused rejected/none', 0, 1],
  [error(2115), 'refused already-exists/earlier', 0, 1],
  [error(13501), 'refused forbidden/none', 0, 1],
  [error(9, { description: 'A partner of this name already exists' }), 'refused already-exists/earlier', 0, 1],
  [error(9, { description: 'Parent was not found' }), 'refused rejected/none', 0, 1],
  [on('rpc-error-new-visa', { code: 2115 }), 'refused already-exists/earlier', 0, 1],
  // turned away before processing
  [on('unauthorized'), 'succeeded', 1, 2],
  [on('expire-token'), 'succeeded', 1, 2],
  [error(1701), 'succeeded', 1, 2],
  [on('rpc-error-new-visa', { code: 1701 }), 'succeeded', 1, 2],
  [error(9, { description: 'The visa has expired' }), 'succeeded', 1, 2],
  [on('unauthorized', always), 'refused unauthorized/none', 0, 2],
  [error(1701, always), 'refused unauthorized/none', 0, 2],
  [error(2116), 'succeeded', 1, 2],
  [error(2116, always), 'refused rate-limited/none', 0, 3],
  [on('rate-limit'), 'succeeded', 1, 2],
  [on('rate-limit-bare'), 'succeeded', 1, 2],
  [on('rate-limit', { times: 2 }), 'succeeded', 1, 3],
  [on('rate-limit', always), 'refused rate-limited/none', 0, 3],
  [on('rate-limit-bare', always), 'refused rate-limited/none', 0, 3],
  [on('rate-limit', { retryAfter: '3600' }), 'refused rate-limited/none', 0, 1],
  [[on('unauthorized'), on('rate-limit')], 'succeeded', 1, 3],
  [[on('rate-limit'), on('error-after')], 'unknown vendor-failure/unknown', 1, 2],
  [[on('unauthorized'), on('reset-after')], 'unknown connection-lost/unknown', 1, 2],
  // an error that is not recognised, or says nothing of what became of it
  [on('rpc-error'), 'unknown vendor-failure/unknown', 0, 1],
  [on('rpc-error-after'), 'unknown vendor-failure/unknown', 1, 1],
  [on('rpc-error-new-visa'), 'unknown vendor-failure/unknown', 0, 1],
  [error(1700), 'unknown vendor-failure/unknown', 0, 1],
  [error(1704), 'unknown vendor-failure/unknown', 0, 1],
  [error(1801), 'unknown vendor-failure/unknown', 0, 1],
  [error(2100), 'unknown vendor-failure/unknown', 0, 1],
  [error(2102), 'unknown vendor-failure/unknown', 0, 1],
  [on('rpc-error-after', { code: 2103 }), 'unknown vendor-failure/unknown', 1, 1],
  [error(424242), 'unknown vendor-failure/unknown', 0, 1],
  [on('rpc-error-after', { code: 424242 }), 'unknown vendor-failure/unknown', 1, 1],
  // we cannot tell
  [on('request-timeout'), 'unknown vendor-failure/unknown', 0, 1],
  [on('error-before'), 'unknown vendor-failure/unknown', 0, 1],
  [on('error-after'), 'unknown vendor-failure/unknown', 1, 1],
  [on('unavailable'), 'unknown vendor-failure/unknown', 0, 1],
  [on('reset-before'), 'unknown connection-lost/unknown', 0, 1],
  [on('reset-after'), 'unknown connection-lost/unknown', 1, 1],
  [on('hang'), 'unknown timeout/unknown', 0, 1],
  [on('hang-after'), 'unknown timeout/unknown', 1, 1],
  [on('delay', { delayMs: 5000 }), 'unknown timeout/unknown', 1, 1],
  [on('half-body'), 'unknown connection-lost/unknown', 1, 1],
  [on('html'), 'unknown invalid-reply/unknown', 1, 1],
  [on('empty'), 'unknown invalid-reply/unknown', 1, 1],
  [on('truncated'), 'unknown invalid-reply/unknown', 1, 1],
  [on('wrong-shape'), 'unknown invalid-reply/unknown', 1, 1],
  [on('void-result'), 'unknown invalid-reply/unknown', 1, 1],
  [on('other-id'), 'unknown invalid-reply/unknown', 1, 1],
  [on('huge'), 'unknown invalid-reply/unknown', 1, 1],
  [on('redirect'), 'unknown invalid-reply/unknown', 0, 1],
  [on('garbled'), 'unknown invalid-reply/unknown', 0, 1],
  // odd, yet a yes
  [on('wrong-type'), 'succeeded', 1, 1],
  [on('no-visa'), 'succeeded', 1, 1],
  [on('delay', { delayMs: 20 }), 'succeeded', 1, 1],
  [on('lag', { delayMs: 60_000 }), 'succeeded', 1, 1],
  // the sign-in: nothing of the create has left
  [token('refuse'), 'refused forbidden/none', 0, 0],
  [token('forbidden'), 'refused forbidden/none', 0, 0],
  [token('unauthorized'), 'refused forbidden/none', 0, 0],
  [token('rpc-error', { code: 2113 }), 'refused forbidden/none', 0, 0],
  [token('rpc-error', { code: 9, description: 'The user is locked' }), 'refused forbidden/none', 0, 0],
  [token('rpc-error', { code: 424242 }), 'refused rejected/none', 0, 0],
  [token('rpc-error', { code: 2102 }), 'refused rejected/none', 0, 0],
  [token('rpc-error', { code: 1704 }), 'succeeded', 1, 1],
  [token('not-found'), 'refused rejected/none', 0, 0],
  [token('no-visa'), 'refused invalid-reply/none', 0, 0],
  [token('wrong-shape'), 'refused invalid-reply/none', 0, 0],
  [token('unavailable'), 'succeeded', 1, 1],
  [token('unavailable', always), 'refused vendor-failure/none', 0, 0],
  [token('error-before', always), 'refused vendor-failure/none', 0, 0],
  [token('reset-before', always), 'refused connection-lost/none', 0, 0],
  [token('hang', always), 'refused timeout/none', 0, 0],
  [token('html'), 'refused invalid-reply/none', 0, 0],
  [token('empty'), 'refused invalid-reply/none', 0, 0],
  [token('huge'), 'refused invalid-reply/none', 0, 0],
  [token('redirect'), 'refused invalid-reply/none', 0, 0],
  [token('rate-limit'), 'succeeded', 1, 1],
  [token('rate-limit', always), 'refused rate-limited/none', 0, 0],
  [token('half-body', { times: 1 }), 'succeeded', 1, 1],
];

let setUp: CoveSetUp;

beforeAll(async () => {
  setUp = await setUpCove();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

async function create(call: TestCall, name = zeus.name): Promise<VendorOutcome> {
  const { adapter } = setUp;
  return adapter.createCustomer(call, { ...zeus, name }, adapter.parseInput({}), contextOf(call));
}

describeWeather<Fault>({
  vendor: 'Cove',
  table,
  setUp: () => setUp,
  warmId: '50212',
  create,
  creates: () => callsOf(setUp, 'AddPartner'),
  made: () => setUp.simulator.control.customers().map(({ id }) => String(id)),
  secrets: [
    'demo-secret',
    // Every visa of this simulator begins like this.
    /33491-50121-1-/,
  ],
});

describe('after bad weather at Cove', () => {
  test('an unknown create is found again by its key, if and only if it took effect', async () => {
    const { simulator, adapter, connect } = setUp;
    for (const [ending, found] of [
      ['error-after', 1],
      ['error-before', 0],
      ['reset-after', 1],
      ['reset-before', 0],
      ['half-body', 1],
      ['rpc-error-after', 1],
      ['rpc-error', 0],
    ] as const) {
      const connection = connect();
      simulator.control.setFault(on(ending));
      const call = testCall(connection);
      expect((await create(call, `Zeus ${ending}`)).state).toBe('unknown');
      const facts = { ...zeus, name: `Zeus ${ending}` };
      const query = adapter.toFindQuery(facts, adapter.parseInput({}), contextOf(call));
      const hits = await adapter.findCustomers(testCall(connection, { correlationId: call.correlationId }), query);
      expect(hits.filter((hit) => hit.match === 'key').length).toBe(found);
    }
  });

  test('slow propagation: a read right after does not see it, a later one does', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    simulator.control.setFault(on('lag', { delayMs: 30_000 }));
    const call = testCall(connection);
    const outcome = await create(call);
    if (outcome.state !== 'succeeded') throw new Error('The create was expected to succeed');
    const again = () => testCall(connection, { correlationId: call.correlationId });
    const query = adapter.toFindQuery(zeus, adapter.parseInput({}), contextOf(call));
    expect(await adapter.findCustomers(again(), query)).toEqual([]);
    expect(await adapter.getCustomer(again(), outcome.vendorId)).toBeNull();
    simulator.control.advanceClock(31_000);
    expect((await adapter.findCustomers(again(), query)).map((hit) => hit.match)).toEqual(['key']);
    expect((await adapter.getCustomer(again(), outcome.vendorId))?.match).toBe('id');
  });

  test('endings can be chosen by the customer’s name, for practice', async () => {
    const { simulator, connect } = setUp;
    const rows = [
      ['Zeus sim:refuse', 'refused rejected/none', 0],
      ['Zeus sim:error-after', 'unknown vendor-failure/unknown', 1],
      ['sim:unauthorized Zeus', 'succeeded', 1],
      ['Zeus sim:rate-limit-2', 'refused rate-limited/none', 0],
      ['Zeus sim:rpc-error-1701', 'refused unauthorized/none', 0],
      ['Zeus sim:rpc-error-2115', 'refused already-exists/earlier', 0],
      ['Zeus sim:rpc-error-2116', 'refused rate-limited/none', 0],
      ['Zeus sim:rpc-error-77', 'unknown vendor-failure/unknown', 0],
      ['Zeus sim:rpc-error-new-visa', 'unknown vendor-failure/unknown', 0],
      ['Zeus sim:delay-5', 'succeeded', 1],
      ['Zeus sim:nothing-known', 'succeeded', 1],
    ] as const;
    for (const [name, expected, customers] of rows) {
      const before = simulator.control.customers().length;
      expect([name, saidOf(await create(testCall(connect()), name))]).toEqual([name, expected]);
      expect(simulator.control.customers().length - before).toBe(customers);
    }
  });
});

describe('reading in bad weather', () => {
  const rows: readonly (readonly [Fault['ending'], Partial<Fault>, string, number])[] = [
    ['error-before', {}, 'found', 2],
    ['error-before', always, 'vendor-failure/none', 3],
    ['unavailable', { times: 2 }, 'found', 3],
    ['reset-before', {}, 'found', 2],
    ['rate-limit', {}, 'found', 2],
    ['unauthorized', {}, 'found', 2],
    ['unauthorized', always, 'unauthorized/none', 2],
    ['rpc-error', { code: 2116 }, 'found', 2],
    ['rpc-error', { code: 1704 }, 'found', 2],
    ['rpc-error', { code: 424242 }, 'rejected/none', 1],
    // Not there, and not to be seen, both read as absent.
    ['not-found', {}, 'missed', 1],
    ['forbidden', {}, 'missed', 1],
    ['html', {}, 'invalid-reply/none', 1],
    ['truncated', {}, 'invalid-reply/none', 1],
    ['huge', {}, 'invalid-reply/none', 1],
    ['redirect', {}, 'invalid-reply/none', 1],
    ['half-body', {}, 'found', 2],
    ['hang', always, 'timeout/none', 3],
  ];
  test.each(rows)('a look-up meets %s %j: %s', async (ending, rest, expected, requests) => {
    const { simulator, adapter, connect } = setUp;
    const call = testCall(connect({ timeoutMs: ending === 'hang' ? 300 : 5000 }));
    simulator.control.setFault({ ending, body: '"GetPartnerInfo"', ...rest });
    const query = { key: '', name: 'Atlas Bakery', country: 'PT', mappingId: null };
    const outcome = await adapter.findCustomers(call, query).then(
      (hits) => (hits.length === 1 ? 'found' : 'missed'),
      (failed: unknown) =>
        failed instanceof VendorError ? `${failed.problem.kind}/${failed.problem.effect}` : 'other',
    );
    expect([outcome, callsOf(setUp, 'GetPartnerInfo').length, call.marks.count]).toEqual([expected, requests, 0]);
  });
});

describe('the connection test says which of five failed', () => {
  const locations = { body: '"EnumerateLocations"', times: null };
  const rows: readonly (readonly [string, Fault | null, Record<string, string>, string])[] = [
    ['all is well', null, {}, 'ok locations'],
    ['nobody listens', null, { baseUrl: 'http://127.0.0.1:1/jsonapi' }, 'network'],
    ['a private address outside a sandbox', null, { sandbox: 'no' }, 'network'],
    ['TLS where there is none', null, { tls: 'yes' }, 'tls'],
    ['a wrong password', null, { password: 'wrong' }, 'credentials'],
    ['a wrong user name', null, { username: 'wrong' }, 'credentials'],
    ['a partner name in other letters', null, { partner: 'ridge it' }, 'credentials'],
    ['a visa that is not accepted', { ending: 'unauthorized', ...locations }, {}, 'credentials'],
    ['no right to read', { ending: 'forbidden', ...locations }, {}, 'permission'],
    ['a page of HTML', { ending: 'html', ...locations }, {}, 'contract'],
    ['another path', null, { path: '/elsewhere' }, 'contract'],
    ['a sign-in that is none', { ending: 'html', path: 'token', times: null }, {}, 'contract'],
    ['a fault of the vendor', { ending: 'error-before', ...locations }, {}, 'contract'],
    ['no answer', { ending: 'hang', ...locations }, {}, 'network'],
  ];
  test.each(rows)('%s', async (_name, fault, change, expected) => {
    const { simulator, adapter, connect } = setUp;
    const { baseUrl, sandbox, tls, path, password, ...settings } = change;
    const base = connect({ timeoutMs: fault?.ending === 'hang' ? 300 : 2000 });
    const at = path === undefined ? base.baseUrl : simulator.url + path;
    const connection = {
      ...base,
      baseUrl: baseUrl ?? (tls === undefined ? at : at.replace('http:', 'https:')),
      sandbox: sandbox === undefined,
      settings: { ...base.settings, ...settings },
      secrets: { password: password ?? 'demo-secret-cove' },
    };
    if (fault !== null) simulator.control.setFault(fault);
    const result = await adapter.probe(testCall(connection));
    expect(result.ok ? `ok ${result.seen}` : result.failed).toBe(expected);
  });

  test('it signs in anew even with a good visa, and reads the locations', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    simulator.control.clearLog();
    await adapter.probe(testCall(connection));
    expect(simulator.control.log().map((one) => one.rpcMethod)).toEqual(['Login', 'EnumerateLocations']);
  });
});
