import { describe, expect, test } from 'vitest';
import words from '../../../messages/en/lint.json' with { type: 'json' };
import { lintService } from './lint';

const now = new Date('2026-11-21T10:00:00Z');
const found = (typed: Record<string, unknown>, profile: string | null = null, known: readonly string[] = []) =>
  lintService(typed, { profile, known, now }).map(
    ({ level, field, message, params }) =>
      `${level} ${field.replace('service.', '')} ${message.replace('avepoint.service.', '')}${params.field ? ` ${params.field}` : ''}`,
  );

const pooled = {
  product: 'cloud-backup-m365',
  license: 'enterprise',
  storage: 's3',
  retentionYears: 3,
  seats: 25,
  source: 'avepoint',
  sameAsPool: true,
  sale: 'capacity',
  package: 'standard',
  customerSize: 40,
  payment: 'prepaid',
};
const draft = { ...pooled, expiry: '2027-03-31', contractEnd: '2028-03-31' };
const premium = {
  product: 'workspace-management',
  license: 'enterprise',
  seats: 25,
  source: 'lars',
  sameAsPool: true,
  payment: 'payg',
};

describe('what passes', () => {
  test.each([
    [
      'a trial with storage',
      { product: 'cloud-backup-m365', license: 'trial', storage: 's3', retentionYears: 1 },
      null,
    ],
    ['a trial with own storage', { product: 'cloud-backup-m365', license: 'trial', ownStorage: true }, null],
    ['a premium trial', { product: 'workspace-management', license: 'trial' }, null],
    ['pooled backup', pooled, null],
    ['pooled backup with a day of its own', { ...pooled, sameAsPool: false, expiry: '2027-03-31' }, null],
    ['pooled premium', premium, null],
    ['the draft’s fourteen', draft, '2025-09'],
    ['the draft’s trial', { product: 'fly', license: 'trial', storage: 'gcp', retentionYears: 1 }, '2025-09'],
    ['a contract that ends today', { ...pooled, contractEnd: '2026-11-21' }, null],
  ])('%s', (_name, typed, profile) => {
    expect(found(typed, profile)).toEqual([]);
  });
});

describe('what does not', () => {
  const rows: readonly (readonly [string, Record<string, unknown>, string | null, readonly string[]])[] = [
    ['nothing chosen', {}, null, ['error product required product']],
    ['no licence', { product: 'fly' }, '2025-09', ['error license required license']],
    ['a product of no contract', { product: 'office' }, null, ['error product not-a-value']],
    [
      'a product of the other contract',
      { product: 'fly', license: 'trial' },
      null,
      ['error license not-offered.trial'],
    ],
    [
      'Express to buy',
      { product: 'cloud-backup-express', license: 'enterprise' },
      null,
      ['error license not-offered.enterprise'],
    ],
    [
      'Power Platform on trial',
      { product: 'cloud-backup-power-platform', license: 'trial' },
      null,
      ['error license not-offered.trial'],
    ],
    ['neither storage nor own', { ...pooled, storage: '' }, null, ['error storage storage-or-own']],
    ['storage and own', { ...pooled, ownStorage: true }, null, ['error ownStorage storage-or-own']],
    [
      'own storage of no id',
      { ...pooled, storage: '', retentionYears: null, ownStorage: true, storageProfileId: 'mine' },
      null,
      ['error storageProfileId guid'],
    ],
    [
      'storage without retention',
      { ...pooled, retentionYears: null },
      null,
      ['error retentionYears required retentionYears'],
    ],
    ['Google’s storage today', { ...pooled, storage: 'gcp' }, null, ['error storage storage-draft-only']],
    ['both in the draft', { ...draft, ownStorage: true }, '2025-09', ['hint ownStorage storage-both-sent']],
    ['neither pool nor day', { ...pooled, sameAsPool: false }, null, ['error expiry pool-or-expiry']],
    ['pool and day', { ...pooled, expiry: '2027-03-31' }, null, ['error sameAsPool pool-or-expiry']],
    [
      'an expiry that has passed',
      { ...premium, sameAsPool: false, expiry: '2026-11-20' },
      null,
      ['error expiry expiry-past'],
    ],
    ['an expiry today', { ...premium, sameAsPool: false, expiry: '2026-11-21' }, null, ['error expiry expiry-soon']],
    [
      'an expiry within a month',
      { ...premium, sameAsPool: false, expiry: '2026-12-20' },
      null,
      ['error expiry expiry-soon'],
    ],
    ['an expiry of no calendar', { ...premium, sameAsPool: false, expiry: '2027-02-30' }, null, ['error expiry day']],
    ['a contract that has ended', { ...pooled, contractEnd: '2026-11-20' }, null, ['error contractEnd contract-past']],
    ['no seats', { ...pooled, seats: 0 }, null, ['error seats whole-number']],
    ['fewer than no seats', { ...pooled, seats: -5 }, null, ['error seats whole-number']],
    ['half a seat', { ...pooled, seats: 2.5 }, null, ['error seats whole-number']],
    ['seats in words', { ...pooled, seats: 'ten' }, null, ['error seats whole-number']],
    ['more seats than a number holds', { ...pooled, seats: 3_000_000_000 }, null, ['error seats whole-number']],
    ['seats left out', { ...pooled, seats: null }, null, ['error seats required seats']],
    ['what is no value', { product: 7 }, null, ['error product not-a-value']],
  ];
  test.each(rows)('%s', (_name, typed, profile, expected) => {
    expect(found(typed, profile)).toEqual(expected);
  });

  test.each(['seats', 'source', 'sale', 'package', 'customerSize', 'payment'])('pooled backup without %s', (field) => {
    expect(found({ ...pooled, [field]: undefined })).toEqual([`error ${field} required ${field}`]);
  });

  test.each([
    'storage',
    'retentionYears',
    'seats',
    'expiry',
    'source',
    'sale',
    'package',
    'customerSize',
    'contractEnd',
    'payment',
  ])('the draft without %s', (field) => {
    expect(found({ ...draft, [field]: undefined }, '2025-09')).toEqual([`error ${field} required ${field}`]);
  });

  test('a month is the calendar’s, also where the next one is shorter', () => {
    const atEnd = { profile: null, known: [], now: new Date('2027-01-31T23:00:00Z') };
    const rules = (expiry: string) =>
      lintService({ ...premium, sameAsPool: false, expiry }, atEnd).map(({ message }) => message);
    expect(rules('2027-02-27')).toEqual(['avepoint.service.expiry-soon']);
    expect(rules('2027-03-01')).toEqual([]);
  });

  test('a service of the same product that is known is said, and stops nothing', () => {
    expect(found(premium, null, ['workspace-management'])).toEqual(['hint product known']);
    expect(found(premium, null, ['fly'])).toEqual([]);
  });

  test('every rule has its words', () => {
    const rules = new Set([
      ...rows.flatMap(([, , , expected]) => expected.map((one) => one.split(' ')[2] ?? '')),
      'known',
    ]);
    for (const rule of rules) expect(words.avepoint.service).toHaveProperty(rule.split('.'));
    const all = Object.keys(words.avepoint.service).sort();
    expect(all).toEqual([...new Set([...rules].map((rule) => rule.split('.')[0]))].sort());
  });
});
