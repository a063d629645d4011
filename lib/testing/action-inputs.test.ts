import './matrix-next';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from './database';
import { allPrints, changedTables } from './row-prints';
import { actionNames, codeOf, type Stage, setStage } from './stage';

const database = await testDatabase();
const names = actionNames();
let stage: Stage;

beforeAll(async () => {
  stage = await setStage(database);
});

afterAll(async () => {
  await stage.close();
});

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that nobody asks for and that would matter, each with a value that would be believed. */
const extras: Fields = {
  role: 'admin',
  partner: 'everything',
  partnerId: '00000000-0000-7000-8000-000000000001',
  parentId: null,
  ownerPartnerId: '00000000-0000-7000-8000-000000000001',
  owner: 'me',
  userId: '00000000-0000-7000-8000-000000000002',
  actorId: '00000000-0000-7000-8000-000000000002',
  customerId: '00000000-0000-7000-8000-000000000003',
  id: '00000000-0000-7000-8000-000000000004',
  correlationId: '00000000-0000-7000-8000-000000000005',
  version: 99,
  state: 'succeeded',
  vendorId: 'made-up',
  origin: 'adopted',
  permission: 'admin',
  isAdmin: true,
  disabledAt: null,
  createdAt: '2020-01-01T00:00:00.000Z',
  sandbox: true,
  sealed: 'c2VjcmV0',
  planHash: '0'.repeat(64),
};

/** Parts that hold whatever the vendor or the form calls its fields: the vendor's own schema judges them, when it is used. */
function openParts(name: string): readonly string[] {
  return ['settings', 'secrets', 'input', ...(name === 'onboardings.save-draft' ? ['facts'] : [])];
}

/** The input with one extra field at each place where a field can be, one copy per place. */
function withExtra(input: unknown, extra: readonly [string, unknown], open: readonly string[]): readonly unknown[] {
  if (Array.isArray(input)) {
    return input.flatMap((item, index) => withExtra(item, extra, open).map((changed) => input.with(index, changed)));
  }
  if (!isFields(input)) return [];
  const [name, value] = extra;
  const here = name in input ? [] : [{ ...input, [name]: value }];
  const below = Object.entries(input)
    .filter(([key]) => !open.includes(key))
    .flatMap(([key, part]) => withExtra(part, extra, open).map((changed) => ({ ...input, [key]: changed })));
  return [...here, ...below];
}

describe('S37: a field that nobody asked for is refused, and nothing changes', () => {
  test.each(names)('%s', async (name) => {
    const input = await stage.validInput(name, 'admin');
    const before = await allPrints(database);
    const posts = Object.entries(extras).flatMap((extra) => withExtra(input, extra, openParts(name)));
    expect(posts.length).toBeGreaterThan(10);
    const accepted: unknown[] = [];
    for (const post of posts) {
      const answer = await stage.act(name, post);
      if (codeOf(answer) !== 'invalid-input') accepted.push({ post, answer: answer.text });
    }
    expect(accepted).toEqual([]);
    expect(changedTables(before, await allPrints(database))).toEqual([]);
  });
});

const megabyte = 'x'.repeat(1_000_000);

/** A value nested as deep as said. */
function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

/** What a browser never sends, and somebody else does. */
const nasty = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSet: true }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"role":"admin"}}'),
    JSON.parse('{"constructor":{"prototype":{"role":"admin"}}}'),
    megabyte,
    Array.from({ length: 100_000 }, () => 'x'),
    Array.from({ length: 100_000 }, () => ({})),
    nested(11),
    nested(2_000),
    'NUL \0 inside',
    '\ud800',
    { '\udfff': 'lone surrogate in a key' },
    { 'NUL\0': 1 },
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    2 ** 53,
    '',
    ' ',
    '00000000-0000-0000-0000-000000000000',
    "'; drop table customer; --",
    '{{7*7}}<script>alert(1)</script>',
    [],
    {},
    null,
    undefined,
    () => 'a function',
    new FormData(),
    new Uint8Array(100),
  ),
);

/** Every place in a value, as the way to it. */
function waysInto(value: unknown): readonly (readonly string[])[] {
  if (!isFields(value) && !Array.isArray(value)) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, part]) => waysInto(part).map((way) => [key, ...way]))];
}

function replaced(value: unknown, way: readonly string[], by: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(key), replaced(value[Number(key)], rest, by));
  return isFields(value) ? { ...value, [key]: replaced(value[key], rest, by) } : by;
}

describe('S41: an action never breaks, whatever is sent to it', () => {
  // The same inputs in every run, so that a red run says something of the change; other seeds by hand.
  const seed = Number(process.env.FUZZ_SEED ?? 20261121);
  process.stdout.write(`S41: seed ${seed} (FUZZ_SEED)\n`);

  test.each(names)('%s', { timeout: 120_000 }, async (name) => {
    const input = await stage.validInput(name, 'operator');
    const ways = waysInto(input);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: ways.length - 1 }), nasty, async (place, value) => {
        const answer = await stage.act(name, replaced(input, ways[place] ?? [], value), { role: 'operator' });
        expect(codeOf(answer), answer.text).not.toBe('unexpected');
      }),
      { seed, numRuns: 60 },
    );
  });
});

const ours = 'http://localhost:3000';

/** Header combinations and whether an action may run with them. Next itself would run the second and the eighth. */
const origins: readonly (readonly [string, Readonly<Record<string, string | null>>, boolean])[] = [
  ['our own page', {}, true],
  ['no Origin', { origin: null }, false],
  ['no Origin, same-origin fetch', { origin: null, 'sec-fetch-site': 'same-origin' }, false],
  ['no Origin and no Sec-Fetch-Site', { origin: null, 'sec-fetch-site': null }, false],
  ['an older browser: Origin alone', { 'sec-fetch-site': null }, true],
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
  ['another site that an older browser shows', { origin: 'https://evil.example', 'sec-fetch-site': null }, false],
  [
    'another site with a matching X-Forwarded-Host',
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'localhost:3000' },
    false,
  ],
  ['another site with a matching Host', { origin: 'https://evil.example', host: 'evil.example' }, false],
  ['our Origin with a foreign X-Forwarded-Host', { 'x-forwarded-host': 'evil.example' }, true],
  ['a sandboxed frame or a file', { origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
  ['an empty Origin', { origin: '' }, false],
  ['our host on another port', { origin: 'http://localhost:3001' }, false],
  ['our host with another scheme', { origin: 'https://localhost:3000' }, false],
  ['a host that begins like ours', { origin: `${ours}.evil.example` }, false],
  ['a user before our host', { origin: 'http://localhost:3000@evil.example' }, false],
  ['our Origin in upper case', { origin: 'HTTP://LOCALHOST:3000' }, false],
  ['another subdomain of our site', { 'sec-fetch-site': 'same-site' }, false],
  ['a cross-site request that claims our Origin', { 'sec-fetch-site': 'cross-site' }, false],
  ['an address typed by hand', { 'sec-fetch-site': 'none' }, false],
  ['two Origins', { origin: `${ours}, https://evil.example` }, false],
];

describe('S40: an action runs for our own pages alone', () => {
  test.each(origins)('%s', async (_, differing, may) => {
    const answer = await stage.act('account.set-time-zone', { timeZone: 'Europe/Lisbon' }, { differing });
    expect(codeOf(answer)).toBe(may ? null : 'wrong-origin');
  });

  test.each(names)('%s asks where the request comes from, before anything else', async (name) => {
    const before = await allPrints(database);
    const answer = await stage.act(name, await stage.validInput(name, 'admin', 'foreign'), {
      differing: { origin: null },
    });
    expect(codeOf(answer)).toBe('wrong-origin');
    expect(changedTables(before, await allPrints(database)).filter((table) => table === 'audit_entry')).toEqual([]);
  });
});
