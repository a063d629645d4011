import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VendorError } from '../http/vendor-error';
import { type AvepointSetUp, contextOf, password, setUpAvepoint, westEurope } from '../testing/avepoint';
import { type TestCall, testCall } from '../testing/vendor-call';
import { describeWeather, saidOf, type WeatherRow } from '../testing/weather';
import { zeus } from '../testing/zeus';
import type { VendorConnection, VendorOutcome } from '../vendor';
import type { AvepointFault as Fault } from './simulator/vendor';

const createPath = '/partner/external/v3/general/customers';
// The list is read below the same path, so the create is told by what only it sends.
const on = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({
  ending,
  method: 'POST',
  path: createPath,
  body: '"registrationAccount"',
  ...rest,
});
const token = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({ ending, path: 'token', ...rest });
const always = { times: null };

const table: readonly WeatherRow<Fault>[] = [
  // the vendor's no
  [on('refuse'), 'refused rejected/none', 0, 1],
  [on('conflict'), 'refused already-exists/earlier', 0, 1],
  [on('not-found'), 'refused rejected/none', 0, 1],
  [on('forbidden'), 'refused forbidden/none', 0, 1],
  [on('forbidden', always), 'refused forbidden/none', 0, 1],
  // 200, and yet a no
  [on('status', { code: 2 }), 'refused rejected/none', 0, 1],
  [on('status', { code: 3 }), 'refused rejected/none', 0, 1],
  [on('status', { code: 4 }), 'refused rejected/none', 0, 1],
  [on('status', { code: 5 }), 'refused already-exists/earlier', 0, 1],
  [on('status', { code: 6 }), 'refused rejected/none', 0, 1],
  [on('status', { code: 7 }), 'refused already-exists/earlier', 0, 1],
  [on('status', { code: 8 }), 'unknown invalid-reply/unknown', 0, 1],
  [on('status', { code: 16 }), 'unknown invalid-reply/unknown', 0, 1],
  // turned away before processing
  [on('unauthorized'), 'succeeded', 1, 2],
  [on('expire-token'), 'succeeded', 1, 2],
  [on('unauthorized', always), 'refused unauthorized/none', 0, 2],
  [on('rate-limit'), 'succeeded', 1, 2],
  [on('rate-limit-bare'), 'succeeded', 1, 2],
  [on('rate-limit', { times: 2 }), 'succeeded', 1, 3],
  [on('rate-limit', always), 'refused rate-limited/none', 0, 3],
  [on('rate-limit-bare', always), 'refused rate-limited/none', 0, 3],
  [on('rate-limit', { retryAfter: '3600' }), 'refused rate-limited/none', 0, 1],
  [[on('unauthorized'), on('rate-limit')], 'succeeded', 1, 3],
  [[on('rate-limit'), on('error-after')], 'unknown vendor-failure/unknown', 1, 2],
  [[on('rate-limit'), on('status', { code: 7 })], 'refused already-exists/earlier', 0, 2],
  [[on('unauthorized'), on('reset-after')], 'unknown connection-lost/unknown', 1, 2],
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
  [on('huge'), 'unknown invalid-reply/unknown', 1, 1],
  [on('no-id'), 'unknown invalid-reply/unknown', 1, 1],
  [on('redirect'), 'unknown invalid-reply/unknown', 0, 1],
  [on('garbled'), 'unknown invalid-reply/unknown', 0, 1],
  // odd, yet a yes
  [on('wrong-type'), 'succeeded', 1, 1],
  [on('customer-id'), 'succeeded', 1, 1],
  [on('shift'), 'succeeded', 1, 1],
  [on('delay', { delayMs: 20 }), 'succeeded', 1, 1],
  [on('lag', { delayMs: 60_000 }), 'succeeded', 1, 1],
  // the sign-in: nothing of the create has left
  [token('refuse'), 'refused forbidden/none', 0, 0],
  [token('forbidden'), 'refused forbidden/none', 0, 0],
  [token('unauthorized'), 'refused forbidden/none', 0, 0],
  [token('unavailable'), 'succeeded', 1, 1],
  [token('unavailable', always), 'refused vendor-failure/none', 0, 0],
  [token('error-before', always), 'refused vendor-failure/none', 0, 0],
  [token('reset-before', always), 'refused connection-lost/none', 0, 0],
  [token('hang', always), 'refused timeout/none', 0, 0],
  [token('html'), 'refused invalid-reply/none', 0, 0],
  [token('empty'), 'refused invalid-reply/none', 0, 0],
  [token('huge'), 'refused invalid-reply/none', 0, 0],
  [token('redirect'), 'refused invalid-reply/none', 0, 0],
  [token('not-found'), 'refused invalid-reply/none', 0, 0],
  [token('rate-limit'), 'succeeded', 1, 1],
  [token('rate-limit', always), 'refused rate-limited/none', 0, 0],
  [token('half-body', { times: 1 }), 'succeeded', 1, 1],
];

let setUp: AvepointSetUp;
const seeded = 4;

beforeAll(async () => {
  setUp = await setUpAvepoint();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

const creates = () => setUp.simulator.control.log().filter((one) => one.path === createPath);
const callOf = (connection: VendorConnection) => testCall(connection, { initialSecrets: { password } });

async function create(call: TestCall, name = zeus.name): Promise<VendorOutcome> {
  const { adapter } = setUp;
  const input = adapter.parseInput({ dataCenter: westEurope });
  return adapter.createCustomer(call, { ...zeus, name }, input, contextOf(call));
}

const find = (connection: VendorConnection) =>
  setUp.adapter.findCustomers(testCall(connection), {
    key: '',
    name: zeus.name,
    country: zeus.country,
    mappingId: null,
    email: zeus.email,
  });

describeWeather<Fault>({
  vendor: 'AvePoint Elements',
  table,
  setUp: () => setUp,
  warmId: crypto.randomUUID(),
  create,
  call: callOf,
  creates: creates,
  made: () =>
    setUp.simulator.control
      .customers()
      .slice(seeded)
      .map(({ id }) => String(id)),
  secrets: ['demo-secret', 'eyJhbGci', password],
});

describe('after bad weather at AvePoint', () => {
  test('an unknown create is found again by its account, if and only if it took effect', async () => {
    const { simulator, connect } = setUp;
    for (const [ending, found] of [
      ['error-after', 1],
      ['error-before', 0],
      ['reset-after', 1],
      ['reset-before', 0],
      ['half-body', 1],
      ['no-id', 1],
    ] as const) {
      simulator.control.reset();
      const connection = connect();
      simulator.control.setFault(on(ending));
      expect((await create(callOf(connection))).state).toBe('unknown');
      const hits = await find(connection);
      expect(hits.map((hit) => hit.match)).toEqual(found === 1 ? ['email'] : []);
    }
  });

  test('slow propagation: a read right after does not see it, a later one does', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    simulator.control.setFault(on('lag', { delayMs: 30_000 }));
    const outcome = await create(callOf(connection));
    if (outcome.state !== 'succeeded') throw new Error('The create was expected to succeed');
    expect(await find(connection)).toEqual([]);
    expect(await adapter.getCustomer(testCall(connection), outcome.vendorId)).toBeNull();
    simulator.control.advanceClock(31_000);
    expect((await find(connection)).map((hit) => hit.match)).toEqual(['email']);
    expect((await adapter.getCustomer(testCall(connection), outcome.vendorId))?.match).toBe('id');
  });

  test('the vendor asks for two seconds: two seconds are waited, and not a moment less', async () => {
    const { simulator, connect, waits } = setUp;
    waits.length = 0;
    simulator.control.setFault(on('rate-limit', { retryAfter: '2' }));
    await create(callOf(connect()));
    expect(waits).toEqual([2000]);
  });

  test('endings can be chosen by the company name, for practice', async () => {
    const { simulator, connect } = setUp;
    const rows = [
      ['Zeus sim:refuse', 'refused rejected/none', 0],
      ['Zeus sim:status-7', 'refused already-exists/earlier', 0],
      ['Zeus sim:status-42', 'unknown invalid-reply/unknown', 0],
      ['Zeus sim:error-after', 'unknown vendor-failure/unknown', 1],
      ['sim:unauthorized Zeus', 'succeeded', 1],
      ['Zeus sim:customer-id', 'succeeded', 1],
      ['Zeus sim:no-id', 'unknown invalid-reply/unknown', 1],
      ['Zeus sim:nothing-known', 'succeeded', 1],
    ] as const;
    for (const [name, expected, customers] of rows) {
      simulator.control.reset();
      expect(saidOf(await create(callOf(connect()), name))).toBe(expected);
      expect(simulator.control.customers().length - seeded).toBe(customers);
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
    ['forbidden', {}, 'forbidden/none', 1],
    ['refuse', {}, 'rejected/none', 1],
    ['not-found', {}, 'rejected/none', 1],
    ['html', {}, 'invalid-reply/none', 1],
    ['empty', {}, 'invalid-reply/none', 1],
    ['truncated', {}, 'invalid-reply/none', 1],
    ['wrong-shape', {}, 'invalid-reply/none', 1],
    ['huge', {}, 'invalid-reply/none', 1],
    ['redirect', {}, 'invalid-reply/none', 1],
    ['half-body', {}, 'found', 2],
    ['hang', always, 'timeout/none', 3],
  ];
  test.each(rows)('a look-up meets %s %j: %s', async (ending, rest, expected, requests) => {
    const { simulator, adapter, connect } = setUp;
    const call = testCall(connect({ timeoutMs: ending === 'hang' ? 300 : 5000 }));
    simulator.control.setFault({ ending, path: `${createPath}/batch`, ...rest });
    const query = { key: '', name: 'Kiel Marine Parts', country: 'DE', mappingId: null };
    const outcome = await adapter.findCustomers(call, query).then(
      (hits) => (hits.length === 1 ? 'found' : 'missed'),
      (error: unknown) => (error instanceof VendorError ? `${error.problem.kind}/${error.problem.effect}` : 'other'),
    );
    const reads = simulator.control.log().filter((one) => one.path.endsWith('/batch'));
    // A read takes no effect, though it is a POST: no mark is committed for it.
    expect([outcome, reads.length, call.marks.count]).toEqual([expected, requests, 0]);
  });
});

describe('the connection test says which of five failed', () => {
  const batch = `${createPath}/batch`;
  const rows: readonly (readonly [string, Fault | null, Record<string, string>, string])[] = [
    ['all is well', null, {}, 'ok customers'],
    ['nobody listens', null, { baseUrl: 'http://127.0.0.1:1' }, 'network'],
    ['the token endpoint is not there', null, { tokenUrl: 'http://127.0.0.1:1' }, 'network'],
    ['a private address outside a sandbox', null, { sandbox: 'no' }, 'network'],
    ['TLS where there is none', null, { tls: 'yes' }, 'tls'],
    ['a wrong secret', null, { clientSecret: 'wrong' }, 'credentials'],
    ['a wrong client id', null, { clientId: 'wrong' }, 'credentials'],
    ['an unknown permission', null, { scope: 'elements.everything' }, 'credentials'],
    ['a scope of more than 300 characters', null, { scope: 'elements.customers.read.all '.repeat(12) }, 'credentials'],
    ['a token that is not accepted', { ending: 'unauthorized', path: batch, times: null }, {}, 'credentials'],
    ['no permission to read', null, { scope: 'elements.customers.readwrite.all' }, 'permission'],
    ['a page of HTML', { ending: 'html', path: batch, times: null }, {}, 'contract'],
    ['another API', { ending: 'not-found', path: batch, times: null }, {}, 'contract'],
    ['a token endpoint that is none', { ending: 'html', path: 'token', times: null }, {}, 'contract'],
    ['a fault of the vendor', { ending: 'error-before', path: batch, times: null }, {}, 'contract'],
    ['no answer', { ending: 'hang', path: batch, times: null }, {}, 'network'],
  ];
  test.each(rows)('%s', async (_name, fault, change, expected) => {
    const { simulator, adapter, connect } = setUp;
    const { baseUrl, tokenUrl, sandbox, tls, clientSecret, ...settings } = change;
    const base = connect({ timeoutMs: fault?.ending === 'hang' ? 300 : 2000 });
    const connection = {
      ...base,
      baseUrl: baseUrl ?? base.baseUrl,
      tokenUrl: tls === undefined ? (tokenUrl ?? base.tokenUrl) : (base.tokenUrl?.replace('http:', 'https:') ?? null),
      sandbox: sandbox === undefined,
      settings: { ...base.settings, ...settings },
      secrets: { clientSecret: clientSecret ?? 'demo-secret-avepoint' },
    };
    if (fault !== null) simulator.control.setFault(fault);
    const result = await adapter.probe(testCall(connection));
    expect(result.ok ? `ok ${result.seen}` : result.failed).toBe(expected);
  });

  test('it signs in anew even with a good token, and reads one customer; the record holds counts', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    simulator.control.clearLog();
    const call = testCall(connection);
    await adapter.probe(call);
    expect(simulator.control.log().map((one) => `${one.method} ${one.path} ${one.query}`)).toEqual([
      'POST /connect/token ',
      `POST ${batch} pageIndex=1&pageSize=1`,
    ]);
    expect(call.exchanges.at(-1)?.responseBody).toEqual({ rows: 1, totalCount: 4 });
  });

  test('an empty list is a pass of its own', async () => {
    const empty = await setUpAvepoint({ customers: [] });
    expect(await empty.adapter.probe(testCall(empty.connect()))).toEqual({ ok: true, seen: 'no-customers' });
    await empty.stop();
  });
});
