import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VendorError } from '../http/vendor-error';
import { type CloudlxSetUp, setUpCloudlx } from '../testing/cloudlx';
import { type TestCall, testCall } from '../testing/vendor-call';
import { describeWeather, saidOf, type WeatherRow } from '../testing/weather';
import { contextOf, zeus } from '../testing/zeus';
import type { VendorOutcome } from '../vendor';
import type { CloudlxFault as Fault } from './simulator/vendor';

const on = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({
  ending,
  method: 'POST',
  path: '/api/customers',
  ...rest,
});
const token = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({ ending, path: 'token', ...rest });
const list = (ending: Fault['ending'], rest: Partial<Fault> = {}): Fault => ({
  ending,
  method: 'GET',
  path: '/api/customers',
  ...rest,
});
const always = { times: null };
const taken = { errors: { email: ['The email has already been taken.'] } };

const table: readonly WeatherRow<Fault>[] = [
  // the vendor's no
  [on('refuse'), 'refused rejected/none', 0, 1],
  [on('conflict'), 'refused already-exists/earlier', 0, 1],
  [on('not-found'), 'refused rejected/none', 0, 1],
  [on('forbidden'), 'refused forbidden/none', 0, 1],
  [on('refuse', { errors: { name: ['The name has already been taken.'] } }), 'refused already-exists/earlier', 0, 1],
  // about the first user alone: the customer may be there, so the vendor is read
  [on('refuse', taken), 'refused rejected/none', 0, 1],
  [on('user-failed'), 'unknown rejected/unknown', 1, 1],
  [[on('refuse', taken), list('forbidden')], 'unknown rejected/unknown', 0, 1],
  [[on('user-failed'), list('unavailable', always)], 'unknown rejected/unknown', 1, 1],
  [[on('user-failed'), list('unavailable')], 'unknown rejected/unknown', 1, 1],
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
  [on('redirect'), 'unknown invalid-reply/unknown', 0, 1],
  [on('garbled'), 'unknown invalid-reply/unknown', 0, 1],
  // odd, yet a yes
  [on('wrong-type'), 'succeeded', 1, 1],
  [on('status-201'), 'succeeded', 1, 1],
  [on('sub-realms-missing'), 'succeeded, but missing 328', 1, 1],
  [on('not-enabled'), 'succeeded, but not enabled SD WAN (313)', 1, 1],
  [on('delay', { delayMs: 20 }), 'succeeded', 1, 1],
  [on('lag', { delayMs: 60_000 }), 'succeeded', 1, 1],
  // the sign-in: nothing of the create has left
  [token('refuse', always), 'refused forbidden/none', 0, 0],
  [token('forbidden', always), 'refused forbidden/none', 0, 0],
  [token('unauthorized', always), 'refused forbidden/none', 0, 0],
  [token('unavailable'), 'succeeded', 1, 1],
  [token('unavailable', always), 'refused vendor-failure/none', 0, 0],
  [token('error-before', always), 'refused vendor-failure/none', 0, 0],
  [token('reset-before', always), 'refused connection-lost/none', 0, 0],
  [token('hang', always), 'refused timeout/none', 0, 0],
  [token('html', always), 'refused invalid-reply/none', 0, 0],
  [token('empty', always), 'refused invalid-reply/none', 0, 0],
  [token('huge', always), 'refused invalid-reply/none', 0, 0],
  [token('redirect', always), 'refused invalid-reply/none', 0, 0],
  [token('not-found', always), 'refused invalid-reply/none', 0, 0],
  [token('rate-limit'), 'succeeded', 1, 1],
  [token('rate-limit', always), 'refused rate-limited/none', 0, 0],
  [token('half-body'), 'succeeded', 1, 1],
];

let setUp: CloudlxSetUp;
const seeded = 4;

beforeAll(async () => {
  setUp = await setUpCloudlx();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

function said(outcome: VendorOutcome): string {
  if (outcome.state !== 'succeeded') return saidOf(outcome);
  const { missing, notEnabled } = outcome.remark?.params ?? {};
  if (missing !== undefined && missing !== 'none') return `succeeded, but missing ${missing}`;
  return notEnabled === undefined ? 'succeeded' : `succeeded, but not enabled ${notEnabled}`;
}

const creates = () =>
  setUp.simulator.control.log().filter((one) => one.method === 'POST' && one.path === '/api/customers');

async function create(call: TestCall, name = zeus.name, email = zeus.email): Promise<VendorOutcome> {
  const { adapter } = setUp;
  const input = adapter.parseInput({ realms: ['1'], shownSubRealms: ['313', '328'], enabledSubRealms: ['313'] });
  return adapter.createCustomer(call, { ...zeus, name, email }, input, contextOf(call));
}

describeWeather<Fault>({
  vendor: 'CloudLX',
  table,
  setUp: () => setUp,
  warmId: '1',
  create,
  said,
  creates: creates,
  made: () =>
    setUp.simulator.control
      .customers()
      .slice(seeded)
      .map(({ id }) => String(id)),
  secrets: ['demo-secret', /\b[0-9a-f]{40}\b/],
});

describe('after bad weather at CloudLX', () => {
  test('an unknown create is found by name and by e-mail, if and only if it took effect', async () => {
    const { simulator, adapter, connect } = setUp;
    for (const [ending, found] of [
      ['error-after', ['email']],
      ['error-before', []],
      ['reset-after', ['email']],
      ['reset-before', []],
      ['half-body', ['email']],
      // Made, but without its user: only the name shows it.
      ['user-failed', ['name']],
    ] as const) {
      simulator.control.reset();
      const connection = connect();
      simulator.control.setFault(on(ending));
      const call = testCall(connection);
      expect((await create(call)).state).toBe('unknown');
      const query = adapter.toFindQuery(zeus, adapter.parseInput({}), contextOf(call));
      const hits = await adapter.findCustomers(testCall(connection, { correlationId: call.correlationId }), query);
      expect(hits.map((hit) => hit.match)).toEqual(found);
    }
  });

  test('slow propagation: a read right after does not see it, a later one does', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    simulator.control.setFault(on('lag', { delayMs: 30_000 }));
    const call = testCall(connection);
    const outcome = await create(call);
    if (outcome.state !== 'succeeded') throw new Error('The create was expected to succeed');
    const query = adapter.toFindQuery(zeus, adapter.parseInput({}), contextOf(call));
    expect(await adapter.findCustomers(testCall(connection), query)).toEqual([]);
    expect(await adapter.getCustomer(testCall(connection), outcome.vendorId)).toBeNull();
    simulator.control.advanceClock(31_000);
    expect((await adapter.findCustomers(testCall(connection), query)).map((hit) => hit.match)).toEqual(['email']);
    expect((await adapter.getCustomer(testCall(connection), outcome.vendorId))?.match).toBe('id');
  });

  test('the vendor asks for two seconds: two seconds are waited, and not a moment less', async () => {
    const { simulator, connect, waits } = setUp;
    waits.length = 0;
    simulator.control.setFault(on('rate-limit', { retryAfter: '2' }));
    await create(testCall(connect()));
    expect(waits).toEqual([2000]);
  });

  test('endings can be chosen by the name, for practice', async () => {
    const { simulator, connect } = setUp;
    const rows = [
      ['Zeus sim:refuse', 'refused rejected/none', 0],
      ['Zeus sim:error-after', 'unknown vendor-failure/unknown', 1],
      ['sim:unauthorized Zeus', 'succeeded', 1],
      ['Zeus sim:rate-limit-2', 'refused rate-limited/none', 0],
      ['Zeus sim:sub-realms-missing', 'succeeded, but missing 328', 1],
      ['Zeus sim:not-enabled', 'succeeded, but not enabled SD WAN (313)', 1],
      ['Zeus sim:user-failed', 'unknown rejected/unknown', 1],
      ['Zeus sim:nothing-known', 'succeeded', 1],
    ] as const;
    for (const [at, [name, expected, customers]] of rows.entries()) {
      const before = simulator.control.customers().length;
      expect(said(await create(testCall(connect()), name, `ana${at}@zeus.example`))).toBe(expected);
      expect(simulator.control.customers().length - before).toBe(customers);
    }
  });
});

describe('tokens in bad weather', () => {
  const signIns = () =>
    setUp.simulator.control.log().flatMap(({ path }) => (/oauth2/.test(path) ? [path.replace(/.*\//, '')] : []));

  test('an access token that ended at the vendor is refreshed, and the create goes out once more', async () => {
    const { simulator, connect } = setUp;
    const connection = connect();
    await create(testCall(connection), 'One', 'one@zeus.example');
    simulator.control.advanceClock(3600_000);
    expect(said(await create(testCall(connection), 'Two', 'two@zeus.example'))).toBe('succeeded');
    expect(signIns()).toEqual(['access-token', 'refresh-token']);
  });

  test('near the end of its life it is refreshed before anything is refused', async () => {
    const { simulator, connect, advance } = setUp;
    const connection = connect();
    await create(testCall(connection), 'One', 'one@zeus.example');
    advance(3541_000);
    expect(said(await create(testCall(connection), 'Two', 'two@zeus.example'))).toBe('succeeded');
    expect(signIns()).toEqual(['access-token', 'refresh-token']);
    expect(creates().map((one) => one.status)).toEqual([200, 200]);
    expect(simulator.control.customers().length).toBe(seeded + 2);
  });

  test('a refresh that is refused is followed by a sign-in with id and secret', async () => {
    const { simulator, connect } = setUp;
    const connection = connect();
    await create(testCall(connection), 'One', 'one@zeus.example');
    simulator.control.revokeTokens();
    const call = testCall(connection);
    expect(said(await create(call, 'Two', 'two@zeus.example'))).toBe('succeeded');
    expect(signIns()).toEqual(['access-token', 'refresh-token', 'access-token']);
    expect(call.exchanges.map(({ purpose, status }) => `${purpose} ${status}`)).toEqual([
      'create 401',
      'token 400',
      'token 200',
      'create 200',
    ]);
  });

  test('64 creates around the end of a token: one refresh, no failure, 64 customers', async () => {
    const { simulator, connect } = setUp;
    const connection = connect();
    await setUp.adapter.getCustomer(testCall(connection), '1');
    simulator.control.advanceClock(3600_000);
    simulator.control.clearLog();
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, at) => create(testCall(connection), `Zeus ${at}`, `ana${at}@zeus.example`)),
    );
    expect(new Set(outcomes.map(said))).toEqual(new Set(['succeeded']));
    expect(signIns()).toEqual(['refresh-token']);
    expect(simulator.control.customers().length).toBe(seeded + 64);
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
    ['html', {}, 'invalid-reply/none', 1],
    ['truncated', {}, 'invalid-reply/none', 1],
    ['huge', { bytes: 17 * 1024 * 1024 }, 'invalid-reply/none', 1],
    ['redirect', {}, 'invalid-reply/none', 1],
    ['half-body', {}, 'found', 2],
    ['hang', always, 'timeout/none', 3],
  ];
  for (const path of ['/api/customers', '/api/users']) {
    test.each(rows)(`${path} meets %s %j: %s`, async (ending, rest, expected, requests) => {
      const { simulator, adapter, connect } = setUp;
      const call = testCall(connect({ timeoutMs: ending === 'hang' ? 300 : 5000 }));
      simulator.control.setFault({ ending, method: 'GET', path, ...rest });
      const query = { key: '', name: 'Atlas Bakery', country: 'PT', mappingId: null, email: 'office@atlas.example' };
      const outcome = await adapter.findCustomers(call, query).then(
        (hits) => (hits.length === 1 ? 'found' : 'missed'),
        (error: unknown) => (error instanceof VendorError ? `${error.problem.kind}/${error.problem.effect}` : 'other'),
      );
      const reads = simulator.control.log().filter((one) => one.path === path);
      expect([outcome, reads.length, call.marks.count]).toEqual([expected, requests, 0]);
    });
  }
});

describe('the connection test says which of five failed', () => {
  const rows: readonly (readonly [string, Fault | null, Record<string, string>, string])[] = [
    ['all is well', null, {}, 'ok customers'],
    ['nobody listens', null, { baseUrl: 'http://127.0.0.1:1' }, 'network'],
    ['the sign-in is elsewhere and not there', null, { tokenUrl: 'http://127.0.0.1:1/token' }, 'network'],
    ['a private address outside a sandbox', null, { sandbox: 'no' }, 'network'],
    ['TLS where there is none', null, { tls: 'yes' }, 'tls'],
    ['a wrong secret', null, { clientSecret: 'wrong' }, 'credentials'],
    ['a wrong client id', null, { clientId: 'wrong' }, 'credentials'],
    ['a token that is not accepted', { ending: 'unauthorized', path: '/api/cust', times: null }, {}, 'credentials'],
    ['no right to read', { ending: 'forbidden', path: '/api/cust', times: null }, {}, 'permission'],
    ['a page of HTML', { ending: 'html', path: '/api/cust', times: null }, {}, 'contract'],
    ['another API', { ending: 'not-found', path: '/api/cust', times: null }, {}, 'contract'],
    ['a sign-in that is none', { ending: 'html', path: 'token', times: null }, {}, 'contract'],
    ['a fault of the vendor', { ending: 'error-before', path: '/api/cust', times: null }, {}, 'contract'],
    ['no answer', { ending: 'hang', path: '/api/cust', times: null }, {}, 'network'],
  ];
  test.each(rows)('%s', async (_name, fault, change, expected) => {
    const { simulator, adapter, connect } = setUp;
    const { baseUrl, tokenUrl, sandbox, tls, clientSecret, ...settings } = change;
    const base = connect({ timeoutMs: fault?.ending === 'hang' ? 300 : 2000 });
    const connection = {
      ...base,
      baseUrl: tls === undefined ? (baseUrl ?? base.baseUrl) : base.baseUrl.replace('http:', 'https:'),
      tokenUrl: tokenUrl ?? null,
      sandbox: sandbox === undefined,
      settings: { ...base.settings, ...settings },
      secrets: { clientSecret: clientSecret ?? 'demo-secret-cloudlx' },
    };
    if (fault !== null) simulator.control.setFault(fault);
    const result = await adapter.probe(testCall(connection));
    expect(result.ok ? `ok ${result.seen}` : result.failed).toBe(expected);
  });

  test('it signs in anew even with a good token, and reads the customers', async () => {
    const { simulator, adapter, connect } = setUp;
    const connection = connect();
    await adapter.probe(testCall(connection));
    simulator.control.clearLog();
    await adapter.probe(testCall(connection));
    expect(simulator.control.log().map((one) => `${one.method} ${one.path}`)).toEqual([
      'POST /api/oauth2/access-token',
      'GET /api/customers',
    ]);
  });
});
