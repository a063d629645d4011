import { describe, expect, test } from 'vitest';
import sample from '../fixtures/add-service.json' with { type: 'json' };
import { type BodyContext, toServiceBody, toServiceField, wireKeys } from './body';
import { addServiceSchemas } from './contract';
import { serviceInputSchema } from './input';
import { products, takenFields } from './vocabulary';

const draft: BodyContext = { profile: '2025-09', timeUnit: 'milliseconds' };
const current: BodyContext = { profile: '2026-07', timeUnit: 'milliseconds' };
const inputOf = (typed: Record<string, unknown>) => serviceInputSchema.parse(typed);
const bodyOf = (typed: Record<string, unknown>, context: BodyContext) => {
  const body = toServiceBody(inputOf(typed), context);
  expect(addServiceSchemas[context.profile].safeParse(body).error).toBeUndefined();
  return body;
};

/** The end of 2027-03-31 and of 2028-03-31 in UTC. */
const [expiryMs, contractMs] = [1_806_537_599_000, 1_838_159_999_000];

const enterprise = {
  product: 'cloud-backup-m365',
  license: 'enterprise',
  storage: 's3',
  retentionYears: 3,
  seats: 25,
  source: 'avepoint',
  sameAsPool: true,
  expiry: '2027-03-31',
  contractEnd: '2028-03-31',
  sale: 'capacity',
  package: 'standard',
  customerSize: 40,
  payment: 'prepaid',
};
const fourteen = {
  product: 'Office365Backup',
  licenseType: 'Enterprise',
  avepointStorageType: 1,
  retentionYear: 3,
  byos: false,
  userSeat: 25,
  expirationTime: expiryMs,
};
const item = {
  SubscriptionSourceType: 1,
  IsSameAsPool: true,
  SaleType: 0,
  PackageType: 0,
  CustomerSize: 40,
  ContractEndDate: contractMs,
  PaymentType: 0,
};

describe('the draft of September 2025 (seed 001)', () => {
  test('the sample of the document, field by field: a trial needs five', () => {
    const typed = { product: 'cloud-backup-m365', license: 'trial', storage: 's3', retentionYears: 1 };
    expect(bodyOf(typed, draft)).toEqual(sample);
  });

  test('any other licence has all fourteen', () => {
    expect(bodyOf(enterprise, draft)).toEqual({ ...fourteen, licenseItems: [item] });
    expect(Object.keys(fourteen).length + Object.keys(item).length).toBe(14);
  });

  // Of the table of the document: what is typed, and what is written for it.
  const top = [
    ['avepointStorageType', { storage: 'azure' }, 0],
    ['avepointStorageType', { storage: 's3' }, 1],
    ['avepointStorageType', { storage: 'gcp' }, 2],
    ['retentionYear', { retentionYears: 7 }, 7],
    ['byos', { ownStorage: true }, true],
    ['userSeat', { seats: 1 }, 1],
    ['licenseType', { license: 'enterprise' }, 'Enterprise'],
    ['product', { product: 'fly' }, 'FLYOnline'],
    ['product', { product: 'baseline-management' }, 'PartnerTenantSettingManagement'],
  ] as const;
  test.each(top)('%s of %j', (key, typed, expected) => {
    expect(bodyOf({ ...enterprise, ...typed }, draft)).toEqual({ ...fourteen, [key]: expected, licenseItems: [item] });
  });

  const items = [
    ['SubscriptionSourceType', { source: 'avepoint' }, 1],
    ['SubscriptionSourceType', { source: 'marketplace' }, 2],
    ['SubscriptionSourceType', { source: 'lars' }, 6],
    ['IsSameAsPool', { sameAsPool: false }, false],
    ['SaleType', { sale: 'capacity' }, 0],
    ['SaleType', { sale: 'users' }, 1],
    ['SaleType', { sale: 'organization' }, 2],
    ['PackageType', { package: 'standard' }, 0],
    ['PackageType', { package: 'core' }, 1],
    ['PackageType', { package: 'flex' }, 2],
    ['CustomerSize', { customerSize: 0 }, 0],
    ['PaymentType', { payment: 'prepaid' }, 0],
    ['PaymentType', { payment: 'payg' }, 1],
  ] as const;
  test.each(items)('licenseItems.%s of %j', (key, typed, expected) => {
    expect(bodyOf({ ...enterprise, ...typed }, draft)).toEqual({
      ...fourteen,
      licenseItems: [{ ...item, [key]: expected }],
    });
  });

  test('dates are milliseconds, unless the connection says seconds', () => {
    const seconds = bodyOf(enterprise, { ...draft, timeUnit: 'seconds' });
    expect(seconds).toMatchObject({
      expirationTime: expiryMs / 1000,
      licenseItems: [{ ContractEndDate: contractMs / 1000 }],
    });
  });

  test('a trial sends what was filled in besides', () => {
    const typed = { product: 'cloud-backup-m365', license: 'trial', storage: 'azure', retentionYears: 1, seats: 5 };
    expect(bodyOf(typed, draft)).toEqual({ ...sample, avepointStorageType: 0, userSeat: 5 });
    expect(bodyOf({ ...typed, payment: 'payg' }, draft)).toMatchObject({
      licenseItems: [{ IsSameAsPool: false, PaymentType: 1 }],
    });
  });
});

describe('the contract of July 2026 (1.6)', () => {
  const pooled = { subscriptionSourceType: 1, isSameAsPool: true, userSeat: 25, paymentType: 0 };
  const tiered = { saleType: 0, packageType: 0, customerSize: 40 };
  const dated = { contractEndDate: '2028-03-31T23:59:59Z' };
  const storage = { avepointStorageType: 1, retentionYear: 3 };

  test.each(['cloud-backup-m365', 'cloud-backup-exod'])('a. a trial of %s: storage, no licence item', (product) => {
    expect(bodyOf({ ...enterprise, product, license: 'trial' }, current)).toEqual({
      product: 2048,
      licenseType: 0,
      ...storage,
    });
  });

  test.each([
    ['cloud-backup-express', 274],
    ['baseline-management', 40],
    ['workspace-management', 42],
    ['user-management', 49],
    ['storage-optimization', 65],
  ])('b. a trial of %s: nothing but the product', (product, type) => {
    expect(bodyOf({ ...enterprise, product, license: 'trial' }, current)).toEqual({ product: type, licenseType: 0 });
  });

  test.each([
    ['cloud-backup-m365', 'Office365Backup'],
    ['cloud-backup-exod', 'Office365EXODBackup'],
  ])('c. pooled %s: storage and a whole licence item', (product, resource) => {
    expect(bodyOf({ ...enterprise, product }, current)).toEqual({
      product: 2048,
      licenseType: 1,
      ...storage,
      licenseItems: [{ resource, ...pooled, ...tiered, ...dated }],
    });
  });

  test('c. pooled Power Platform: no package, no customer size', () => {
    expect(bodyOf({ ...enterprise, product: 'cloud-backup-power-platform' }, current)).toEqual({
      product: 2048,
      licenseType: 1,
      ...storage,
      licenseItems: [{ resource: 'Office365PPBackup', ...pooled, saleType: 0, ...dated }],
    });
  });

  test.each([
    ['baseline-management', 40, 'PartnerTenantSettingManagement'],
    ['workspace-management', 42, 'PartnerWorkspaceOnboarding'],
    ['user-management', 49, 'PartnerUserManagement'],
    ['storage-optimization', 65, 'PartnerStorageOptimization'],
  ])('d. pooled %s: no storage, a shorter licence item', (product, type, resource) => {
    expect(bodyOf({ ...enterprise, product, contractEnd: '' }, current)).toEqual({
      product: type,
      licenseType: 1,
      licenseItems: [{ resource, ...pooled }],
    });
  });

  test('own storage takes the place of storage and retention', () => {
    const profile = '7e4ffcae-1111-4222-8333-c6efa0b250d5';
    const own = { ...enterprise, license: 'trial', ownStorage: true };
    expect(bodyOf(own, current)).toEqual({ product: 2048, licenseType: 0, byos: true });
    expect(bodyOf({ ...own, storageProfileId: ` ${profile} ` }, current)).toMatchObject({ storageProfileId: profile });
  });

  test('a day of its own, or the pool’s', () => {
    expect(bodyOf({ ...enterprise, sameAsPool: false }, current)).toMatchObject({
      licenseItems: [{ isSameAsPool: false, expireTime: '2027-03-31T23:59:59Z' }],
    });
    expect(JSON.stringify(bodyOf(enterprise, current))).not.toContain('expireTime');
  });
});

test('every field that a contract takes for any choice is written by it', () => {
  const written = new Set<string>(Object.values(wireKeys));
  for (const product of products) {
    for (const profile of ['2026-07', '2025-09'] as const) {
      const taken = (['trial', 'enterprise'] as const).flatMap((one) =>
        Object.keys(takenFields(profile, product, one)),
      );
      expect(taken.filter((field) => !written.has(field))).toEqual([]);
    }
  }
});

test.each([
  ['licenseItems[0].UserSeat', 'service.seats'],
  ['$.expirationTime', 'service.expiry'],
  ['licenseItems.ExpireTime', 'service.expiry'],
  ['BYOS', 'service.ownStorage'],
  ['requestId', null],
])('the vendor’s %s is our %s', (theirs, ours) => {
  expect(toServiceField(theirs)).toBe(ours);
});
