import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import words from '../../../messages/en/vendor-errors.json' with { type: 'json' };
import { commonEndings } from '../../simulator/faults';
import { type AvepointSetUp, setUpAvepoint } from '../../testing/avepoint';
import { testCall } from '../../testing/vendor-call';
import type { Json, VendorOutcome } from '../../vendor';
import type { VendorServices } from '../../vendor-services';
import type { AvepointFault as Fault } from '../simulator/vendor';
import { emptyServiceInput } from './input';
import { productNamed, products, refusedStatuses } from './vocabulary';

let setUp: AvepointSetUp;
let customerId: string;
beforeAll(async () => {
  setUp = await setUpAvepoint();
});
afterEach(() => setUp.simulator.control.reset());
afterAll(() => setUp.stop());

function services(): VendorServices {
  const found = setUp.adapter.services;
  if (found === undefined) throw new Error('AvePoint has services');
  customerId = setUp.simulator.control.customers()[0]?.id ?? '';
  return found;
}

const profiles = ['2026-07', '2025-09'] as const;
const trial = {
  ...emptyServiceInput,
  product: 'cloud-backup-m365',
  license: 'trial',
  storage: 's3',
  retentionYears: 1,
};
const pooled = {
  ...trial,
  license: 'enterprise',
  seats: 25,
  source: 'marketplace',
  sameAsPool: false,
  expiry: '2028-03-31',
  contractEnd: '2028-04-30',
  sale: 'users',
  package: 'flex',
  customerSize: 40,
  payment: 'payg',
};
const add = (
  input: Json = trial,
  { profile = null, timeoutMs = 5_000 }: { profile?: string | null; timeoutMs?: number } = {},
) => {
  const call = testCall(setUp.connect({ timeoutMs }));
  const adding = services();
  return { call, outcome: adding.addService(call, adding.parseInput(input), { customerId, profile }) };
};
const said = (outcome: VendorOutcome) =>
  outcome.state === 'succeeded' ? 'succeeded' : `${outcome.state} ${outcome.problem.kind}/${outcome.problem.effect}`;
const sent = () => setUp.simulator.control.log().filter((one) => /\/customers\/[^/]+\/services$/.test(one.path));

describe('adding a service', () => {
  for (const profile of profiles) {
    test.each([
      ['a trial', trial],
      ['pooled', pooled],
    ])(`%s arrives as the plan showed it, contract ${profile}`, async (_name, input) => {
      const { call, outcome } = add(input, { profile });
      const planned = services().toAddService(input, { customerId, profile, settings: {} });
      expect(await outcome).toMatchObject({ state: 'succeeded', vendorId: customerId });
      const exchange = call.exchanges.find((one) => one.purpose === 'create');
      expect(exchange?.requestBody).toEqual(planned.body);
      expect(services().mask(planned.body)).toEqual(planned.body);
      expect(exchange?.url).toContain(planned.path);
      // Strings in, the string echoed; integers in, the integer echoed.
      const product = profile === '2025-09' ? 'Office365Backup' : 2048;
      expect(exchange?.responseBody).toEqual({ customerId, product, status: 1 });
      expect(call.marks.count).toBe(1);
    });
  }

  test('is found again among the customer’s services, by the product’s name', async () => {
    await add(pooled).outcome;
    const call = testCall(setUp.connect());
    const found = await services().listServices(call, customerId.toUpperCase());
    expect(found).toMatchObject([
      {
        product: 'cloud-backup-m365',
        name: 'Cloud Backup for Microsoft 365',
        facts: { model: 'Enterprise', seats: '25', storage: 'Amazon S3', package: 'Flex', source: 'Marketplace pool' },
      },
    ]);
    expect(found[0]?.facts.expires).toBe('2028-03-31T23:59:59.000Z');
    expect(call.exchanges.at(-1)?.responseBody).toEqual({ rows: 1, services: ['Cloud Backup for Microsoft 365'] });
    const other = setUp.simulator.control.customers()[1]?.id ?? '';
    expect(await services().listServices(call, other)).toEqual([]);
    expect(await services().listServices(call, crypto.randomUUID())).toEqual([]);
  });

  test('what breaks the contract is refused before anything is sent, and names the field', async () => {
    const { call, outcome } = add({ ...trial, retentionYears: 'some' }, { profile: '2025-09' });
    expect(await outcome).toMatchObject({
      state: 'refused',
      problem: { kind: 'invalid-request', fieldErrors: [{ field: 'service.retentionYears' }] },
    });
    expect([call.exchanges.length, call.marks.count]).toEqual([0, 0]);
  });

  test('the vendor’s complaint about a field leads to ours', async () => {
    const errors = [{ code: 'InvalidParameter', field: 'licenseItems[0].userSeat', message: 'Too many.' }];
    setUp.simulator.control.setFault({ ending: 'refuse', path: '/services', errors });
    expect(await add(pooled).outcome).toMatchObject({
      problem: { fieldErrors: [{ field: 'service.seats', messages: ['Too many.'] }] },
    });
  });

  test('seconds where the connection says so', async () => {
    const connection = setUp.connect({ settings: { clientId: 'quayside-demo', scope: '', timeUnit: ' Seconds ' } });
    const call = testCall(connection);
    await services().addService(call, services().parseInput(pooled), { customerId, profile: '2025-09' });
    const body = call.exchanges.find((one) => one.purpose === 'create')?.requestBody;
    expect(body).toMatchObject({ expirationTime: 1_838_159_999 });
  });

  test('the vendor itself refuses a twin, too many seats and a day too soon', async () => {
    await add(trial).outcome;
    expect(await add(trial).outcome).toMatchObject({ problem: { vendorType: 'status 12' } });
    expect(await add(pooled).outcome).toMatchObject({ state: 'succeeded' });
    expect(await add(trial).outcome).toMatchObject({ problem: { vendorType: 'status 12' } });
    const premium = { ...pooled, product: 'workspace-management' };
    expect(await add({ ...premium, seats: 20_000 }).outcome).toMatchObject({ problem: { vendorType: 'status 4' } });
    expect(await add({ ...premium, expiry: '2001-01-01' }).outcome).toMatchObject({
      problem: { vendorType: 'status 11' },
    });
    expect(await add({ ...premium, expiry: '2099-01-01' }).outcome).toMatchObject({
      problem: { vendorType: 'status 5' },
    });
  });
});

describe('each status of the document has an outcome, a sentence and a next step', () => {
  const documented = [2, 3, 4, 5, 6, 7, 11, 12, 13, 16, 17, 18, 19, 20];
  for (const profile of profiles) {
    test.each(documented)(`%d is refused, contract ${profile}`, async (code) => {
      setUp.simulator.control.setFault({ ending: 'status', path: '/services', code });
      const outcome = await add(pooled, { profile }).outcome;
      expect(said(outcome)).toBe('refused rejected/none');
      if (outcome.state === 'succeeded') throw new Error('a refusal was expected');
      expect(outcome.problem.message).toBe(`avepoint.service.status-${code}`);
      expect(words.avepoint.service).toHaveProperty(`status-${code}`);
      expect(setUp.simulator.control.services()).toEqual([]);
    });
  }

  test('they are all that we refuse, and each has its own words', () => {
    expect(Object.keys(refusedStatuses).map(Number)).toEqual(documented);
    const sentences = documented.map((code) => Reflect.get(words.avepoint.service, `status-${code}`));
    expect(new Set(sentences).size).toBe(documented.length);
  });

  test.each([0, 8, 9, 10, 14, 15, 21, -1, 99])('%d is listed nowhere: unknown', async (code) => {
    setUp.simulator.control.setFault({ ending: 'status', path: '/services', code });
    const outcome = await add().outcome;
    expect(said(outcome)).toBe('unknown invalid-reply/unknown');
    expect(outcome).toMatchObject({ problem: { message: 'avepoint.service.status-other' } });
  });

  for (const profile of profiles) {
    test.each(['other-product', 'other-customer', 'no-id'] as const)(
      `a yes with %s is none, ${profile}`,
      async (ending) => {
        setUp.simulator.control.setFault({ ending, path: '/services' });
        const outcome = await add(trial, { profile }).outcome;
        expect(said(outcome)).toBe('unknown invalid-reply/unknown');
        expect(outcome).toMatchObject({ problem: { message: 'avepoint.service.other-answer' } });
      },
    );
  }
});

describe('bad weather at the new endpoint', () => {
  type Row = readonly [Partial<Fault> & Pick<Fault, 'ending'>, outcome: string, there: 0 | 1, requests: number];
  const always = { times: null };
  const table: readonly Row[] = [
    [{ ending: 'refuse' }, 'refused rejected/none', 0, 1],
    [{ ending: 'conflict' }, 'refused rejected/none', 0, 1],
    [{ ending: 'not-found' }, 'refused rejected/none', 0, 1],
    [{ ending: 'forbidden' }, 'refused forbidden/none', 0, 1],
    [{ ending: 'unauthorized' }, 'succeeded', 1, 2],
    [{ ending: 'unauthorized', ...always }, 'refused unauthorized/none', 0, 2],
    [{ ending: 'expire-token' }, 'succeeded', 1, 2],
    [{ ending: 'rate-limit' }, 'succeeded', 1, 2],
    [{ ending: 'rate-limit', ...always }, 'refused rate-limited/none', 0, 3],
    [{ ending: 'rate-limit-bare' }, 'succeeded', 1, 2],
    [{ ending: 'request-timeout' }, 'unknown vendor-failure/unknown', 0, 1],
    [{ ending: 'error-before' }, 'unknown vendor-failure/unknown', 0, 1],
    [{ ending: 'error-after' }, 'unknown vendor-failure/unknown', 1, 1],
    [{ ending: 'unavailable' }, 'unknown vendor-failure/unknown', 0, 1],
    [{ ending: 'reset-before' }, 'unknown connection-lost/unknown', 0, 1],
    [{ ending: 'reset-after' }, 'unknown connection-lost/unknown', 1, 1],
    [{ ending: 'hang' }, 'unknown timeout/unknown', 0, 1],
    [{ ending: 'hang-after' }, 'unknown timeout/unknown', 1, 1],
    [{ ending: 'half-body' }, 'unknown connection-lost/unknown', 1, 1],
    [{ ending: 'html' }, 'unknown invalid-reply/unknown', 1, 1],
    [{ ending: 'empty' }, 'unknown invalid-reply/unknown', 1, 1],
    [{ ending: 'truncated' }, 'unknown invalid-reply/unknown', 1, 1],
    [{ ending: 'wrong-shape' }, 'unknown invalid-reply/unknown', 1, 1],
    [{ ending: 'huge' }, 'unknown invalid-reply/unknown', 1, 1],
    [{ ending: 'redirect' }, 'unknown invalid-reply/unknown', 0, 1],
    [{ ending: 'garbled' }, 'unknown invalid-reply/unknown', 0, 1],
    [{ ending: 'wrong-type' }, 'succeeded', 1, 1],
    [{ ending: 'delay', delayMs: 20 }, 'succeeded', 1, 1],
    [{ ending: 'lag', delayMs: 60_000 }, 'succeeded', 1, 1],
  ];

  test('every common ending has its row', () => {
    const tried = new Set(table.map(([{ ending }]) => ending));
    expect(commonEndings.filter((ending) => !tried.has(ending))).toEqual([]);
  });

  for (const profile of profiles) {
    test.each(table)(
      `%j, contract ${profile}: %s, %d at the vendor, %d sent`,
      async (fault, expected, there, requests) => {
        setUp.simulator.control.clearLog();
        setUp.simulator.control.setFault({ path: '/services', method: 'POST', ...fault });
        const { call, outcome } = add(pooled, { profile, timeoutMs: /hang/.test(fault.ending) ? 300 : 5_000 });
        const came = await outcome;
        const added = setUp.simulator.control.services().length;
        expect([said(came), added, sent().length]).toEqual([expected, there, requests]);
        // Every request at the vendor is in our record, and the mark was made once, before the first of them.
        expect(call.exchanges.filter((one) => one.purpose === 'create')).toHaveLength(requests);
        expect(call.marks.count).toBe(1);
        if (came.state === 'refused') expect(added).toBe(0);
        expect(JSON.stringify([call.exchanges, came])).not.toMatch(/demo-secret|eyJhbGci/);
      },
    );
  }

  test('a reading that fails throws, and commits no mark', async () => {
    setUp.simulator.control.setFault({ ending: 'forbidden', path: '/services/batch' });
    const call = testCall(setUp.connect());
    await expect(services().listServices(call, customerId)).rejects.toThrow();
    expect(call.marks.count).toBe(0);
  });
});

test('every product is found by each of its names, and by no other’s', () => {
  for (const { key, name, also } of products) {
    for (const one of [name, ...also, name.toUpperCase(), `AvePoint ${name}`]) expect(productNamed(one)?.key).toBe(key);
  }
  expect(productNamed('Something new')).toBeNull();
});
