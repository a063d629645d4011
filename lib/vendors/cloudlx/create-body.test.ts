import { describe, expect, test } from 'vitest';
import { zeus } from '../testing/zeus';
import { createCustomerSchema, customerSchema } from './contract';
import { isAboutUser, toCreateBody, toFormField } from './create-body';
import { toRemark } from './created-remark';
import sample from './fixtures/create-customer.json' with { type: 'json' };
import answer from './fixtures/created-customer.json' with { type: 'json' };
import { cloudlxInputSchema, emptyCloudlxInput } from './input';
import { likelyCurrency } from './vocabulary';

/** What a person types to get the founding document's sample. */
const typed = cloudlxInputSchema.parse({
  name: 'Example Company',
  currency: 'gbp',
  country: 'gb',
  realms: ['1', '2', '7', '2'],
  shownSubRealms: ['313', ' 328 '],
  enabledSubRealms: ['313', ''],
  email: 'j.smith@example.com',
  firstName: 'John',
  lastName: 'Smith',
});
const keys = Object.entries(sample);

describe(`the founding document's request, key by key (${keys.length} keys)`, () => {
  const body = new Map<string, unknown>(Object.entries(toCreateBody(zeus, typed)));

  test.each(keys)('%s is sent as the sample has it: %j', (key, value) => {
    expect(body.get(key)).toEqual(value);
  });

  test('nothing else is sent, and all of it fits the contract', () => {
    expect([...body.keys()].toSorted()).toEqual(keys.map(([key]) => key).toSorted());
    expect(createCustomerSchema.safeParse(sample).success).toBe(true);
  });

  const broken: readonly (readonly [string, unknown])[] = [
    ['name', ' '],
    ['currency_iso', 'GB'],
    ['currency_iso', 'gbp'],
    ['country_iso', 'GBP'],
    ['country_iso', 'ZZ'],
    ['realms', [1.5]],
    ['realms', [0]],
    ['realms', ['1']],
    ['shown_sub_realms', [Number.NaN]],
    ['enabled_sub_realms', null],
    ['email', ''],
    ['first_name', ''],
    ['last_name', ''],
    ['role_group', ''],
    ['more', 'x'],
  ];
  test.each(broken)('%s: %j breaks the contract', (key, value) => {
    expect(createCustomerSchema.safeParse({ ...sample, [key]: value }).success).toBe(false);
  });
});

describe('what is left empty', () => {
  test('comes from the shared facts, the currency from the country, the role group is Admin, lists are empty', () => {
    expect(toCreateBody(zeus, emptyCloudlxInput)).toEqual({
      name: 'Zeus & Sons',
      currency_iso: 'EUR',
      country_iso: 'PT',
      realms: [],
      shown_sub_realms: [],
      enabled_sub_realms: [],
      email: 'ana@zeus.example',
      first_name: 'Ana',
      last_name: 'Silva',
      role_group: 'Admin',
    });
  });

  test.each([
    ['PT', 'EUR'],
    ['gb', 'GBP'],
    ['US', 'USD'],
    ['CH', 'CHF'],
    ['BG', 'EUR'],
    ['AR', null],
    ['', null],
  ])('the likely currency of %s is %s', (country, currency) => {
    expect(likelyCurrency(country)).toBe(currency);
  });

  test('a country typed for CloudLX decides the currency, not the customer’s own', () => {
    expect(toCreateBody(zeus, { ...emptyCloudlxInput, country: 'NO' })).toMatchObject({
      country_iso: 'NO',
      currency_iso: 'NOK',
    });
  });
});

describe('ids', () => {
  test.each([['1e3'], ['0x10'], ['-7'], ['1.5'], ['seven'], ['9999999999999999']])(
    '%s is no id, and does not pass for one',
    (text) => {
      const body = toCreateBody(zeus, { ...typed, realms: [text] });
      expect(createCustomerSchema.safeParse(body).success).toBe(false);
    },
  );
});

describe('complaints land on our fields', () => {
  const rows: readonly (readonly [string, own: string | null, derived: string | null, user: boolean])[] = [
    ['name', 'name', 'customer.name', false],
    ['currency_iso', 'currency', 'currency', false],
    ['currency', 'currency', 'currency', false],
    ['country_iso', 'country', 'customer.country', false],
    ['country', 'country', 'customer.country', false],
    ['realms', 'realms', 'realms', false],
    ['realms.2', 'realms', 'realms', false],
    ['shown_sub_realms.0', 'shownSubRealms', 'shownSubRealms', false],
    ['enabled_sub_realms.0', 'enabledSubRealms', 'enabledSubRealms', false],
    ['email', 'email', 'customer.email', true],
    ['user.email', 'email', 'customer.email', true],
    ['Email', 'email', 'customer.email', true],
    ['first_name', 'firstName', 'customer.firstName', true],
    ['last_name', 'lastName', 'customer.lastName', true],
    ['role_group', 'roleGroup', 'roleGroup', true],
    ['whatever', null, null, false],
    ['constructor', null, null, false],
  ];
  test.each(rows)('%s: %s when typed, %s when derived', (vendorField, own, derived, user) => {
    expect(toFormField(vendorField, zeus, typed)).toBe(own);
    expect(toFormField(vendorField, zeus, emptyCloudlxInput)).toBe(derived);
    expect(isAboutUser(vendorField)).toBe(user);
  });
});

describe('the founding document’s answer', () => {
  test('is read: id, name, currency, country and sub-realms', () => {
    expect(customerSchema.parse(answer)).toEqual({
      id: 6918,
      name: 'Test Customer API 2',
      currency: { iso_3: 'GBP' },
      country: { iso_2: 'GB' },
      sub_realms: [
        { id: 313, name: 'SD WAN', has_access: true },
        { id: 328, name: 'Cloud SBC & Conversion', has_access: false },
      ],
    });
  });

  test.each([
    [{ more: { inner: 1 } }, true],
    [{ name: undefined }, true],
    [{ name: 7 }, true],
    [{ currency: null }, true],
    [{ country: 'GB' }, true],
    [{ sub_realms: 'none' }, true],
    [{ realms: undefined }, true],
    [{ id: undefined }, false],
    [{ id: '6918' }, false],
    [{ id: 6918.5 }, false],
    [{ id: 0 }, false],
    [{ id: null }, false],
  ])('with %j it is taken: %s', (change, taken) => {
    expect(customerSchema.safeParse({ ...answer, ...change }).success).toBe(taken);
  });
});

describe('created, but …', () => {
  const read = customerSchema.parse(answer);
  const asked = (shown_sub_realms: number[], enabled_sub_realms: number[]) => ({
    shown_sub_realms,
    enabled_sub_realms,
  });
  const said = (missing: string, notEnabled: string, notAsked: string) => ({
    message: 'cloudlx.sub-realms',
    params: { missing, notEnabled, notAsked },
  });

  test('nothing is said when all is as asked', () => {
    expect(toRemark(asked([313, 328], [313]), read)).toBeNull();
    expect(toRemark(asked([], []), { sub_realms: [] })).toBeNull();
    expect(toRemark(asked([], []), { sub_realms: null })).toBeNull();
    expect(toRemark(asked([7], [7]), { sub_realms: [{ id: 7, has_access: 1 }] })).toBeNull();
  });

  test.each([
    ['one is not shown', asked([313, 328, 331], [313]), said('331', 'none', 'none')],
    ['one is not enabled', asked([313, 328], [313, 328]), said('none', 'Cloud SBC & Conversion (328)', 'none')],
    ['one is enabled that nobody asked for', asked([313, 328], []), said('none', 'none', 'SD WAN (313)')],
    ['all three', asked([328, 331], [328, 331]), said('331', 'Cloud SBC & Conversion (328)', 'SD WAN (313)')],
  ])('%s', (_name, wanted, remark) => {
    expect(toRemark(wanted, read)).toEqual(remark);
  });

  test('an answer without sub-realms confirms none', () => {
    expect(toRemark(asked([313], []), { sub_realms: null })).toEqual({
      message: 'cloudlx.sub-realms-unsaid',
      params: {},
    });
  });
});
