import { describe, expect, test } from 'vitest';
import { westEurope } from '../testing/avepoint';
import { zeus } from '../testing/zeus';
import { secretMarker } from '../vendor';
import { createCustomerSchemas } from './contract';
import { toCreateBody, toFormField } from './create-body';
import sample from './fixtures/create-customer.json' with { type: 'json' };
import { avepointInputSchema, factOf, keptOfCreate, toAccount } from './input';
import {
  accountFieldNames,
  accountFields,
  dataCenters,
  defaultScope,
  profiles,
  scopeMax,
  toProfile,
} from './vocabulary';

const inputOf = (rest: Record<string, unknown> = {}) => avepointInputSchema.parse({ dataCenter: westEurope, ...rest });
const bodyOf = (rest: Record<string, unknown> = {}, profile: (typeof profiles)[number] = '2026-07') =>
  toCreateBody(zeus, inputOf(rest), { profile, password: secretMarker });

const full = {
  firstName: 'Ana',
  lastName: 'Silva',
  organizationName: 'Zeus & Sons',
  registrationAccount: 'ana@zeus.example',
  password: secretMarker,
  countryCode: 'PT',
  telephoneNumber: '+351 210 000 000',
  dataCenter: westEurope,
};

describe('the body of a new customer, field by field (1.5, seed 000)', () => {
  test('what nobody types comes from the shared facts', () => {
    expect(bodyOf()).toEqual(full);
  });

  test.each([
    ['firstName', { firstName: ' Anna ' }, 'Anna'],
    ['lastName', { lastName: 'Souza' }, 'Souza'],
    ['organizationName', { organizationName: 'Zeus PT' }, 'Zeus PT'],
    ['registrationAccount', { registrationAccount: 'it@zeus.example' }, 'it@zeus.example'],
    ['countryCode', { countryCode: 'es' }, 'ES'],
    ['telephoneNumber', { telephoneNumber: '+34 1' }, '+34 1'],
    ['dataCenter', { dataCenter: ` ${westEurope.toUpperCase()} ` }, westEurope],
    ['tags', { tags: [' gold ', '', 'pilot'] }, ['gold', 'pilot']],
    ['managementMode', { managementMode: 'yes' }, true],
    ['managementMode', { managementMode: 'no' }, false],
  ])('%s as typed here: %j', (field, typed, expected) => {
    expect(bodyOf(typed)).toEqual({ ...full, [field]: expected });
  });

  test('password: where the marker or the secret goes', () => {
    expect(bodyOf().password).toBe(secretMarker);
    expect(toCreateBody(zeus, inputOf(), { profile: '2026-07', password: 's3cret' }).password).toBe('s3cret');
  });

  test('telephoneNumber and tags are left out when there are none', () => {
    const body = toCreateBody({ ...zeus, phone: ' ' }, inputOf({ tags: [' '] }), { profile: '2026-07', password: 'x' });
    expect(Object.keys(body)).not.toContain('telephoneNumber');
    expect(Object.keys(body)).not.toContain('tags');
  });

  test.each([
    ['2026-07', '', undefined],
    ['2026-07', 'yes', true],
    ['2026-07', 'no', false],
    ['2025-09', '', false],
    ['2025-09', 'yes', true],
    ['2025-09', 'no', false],
  ] as const)('managementMode in contract %s, chosen “%s”: %s', (profile, managementMode, expected) => {
    const body = bodyOf({ managementMode }, profile);
    expect([body.managementMode, 'managementMode' in body]).toEqual([expected, expected !== undefined]);
    expect(createCustomerSchemas[profile].safeParse(body).success).toBe(true);
  });

  test('a connection that names no contract, or one that is none, speaks the current one', () => {
    expect([toProfile(null), toProfile('2025-09'), toProfile('1999-01')]).toEqual(['2026-07', '2025-09', '2026-07']);
  });
});

describe('the strict contract of a request', () => {
  const required = [...accountFieldNames.filter((name) => accountFields[name].required), 'dataCenter', 'password'];

  test.each(required)('%s is needed', (field) => {
    for (const profile of profiles) {
      const body = { ...full, managementMode: true };
      expect(createCustomerSchemas[profile].safeParse(body).success).toBe(true);
      expect(createCustomerSchemas[profile].safeParse({ ...body, [field]: ' ' }).success).toBe(false);
      expect(createCustomerSchemas[profile].safeParse({ ...body, [field]: undefined }).success).toBe(false);
    }
  });

  test('managementMode is needed in the draft alone', () => {
    expect(createCustomerSchemas['2025-09'].safeParse(full).success).toBe(false);
    expect(createCustomerSchemas['2026-07'].safeParse(full).success).toBe(true);
  });

  test('nothing undocumented is sent', () => {
    expect(createCustomerSchemas['2026-07'].safeParse({ ...full, internalIdentifier: 'x' }).success).toBe(false);
  });
});

describe('names', () => {
  test('every key of the founding document’s sample leads to a field of the form', () => {
    const typed = inputOf({ ...Object.fromEntries(accountFieldNames.map((name) => [name, 'x'])), countryCode: 'AF' });
    for (const key of [...Object.keys(sample), 'telephoneNumber', 'managementMode']) {
      const field = toFormField(key, zeus, typed);
      expect(field?.toLowerCase()).toBe(key.toLowerCase());
    }
  });

  test('a complaint about a derived field lands on the fact', () => {
    for (const name of accountFieldNames) {
      expect(toFormField(name, zeus, inputOf())).toBe(`customer.${factOf[name]}`);
    }
    expect(toFormField('$.RegistrationAccount', zeus, inputOf())).toBe('customer.email');
    expect(toFormField('model.tags[0]', zeus, inputOf())).toBe('tags');
    expect(toFormField('somethingElse', zeus, inputOf())).toBeNull();
  });

  test('of a request everything may be stored but the password’s value', () => {
    const keys = Object.keys(bodyOf({ tags: ['a'], managementMode: 'yes' }));
    for (const key of keys.filter((one) => one !== 'password')) {
      expect(keptOfCreate.map((one) => one.replace('[]', ''))).toContain(key);
    }
    expect(keptOfCreate).not.toContain('password');
  });

  test('an account is typed or derived, and says which', () => {
    const account = toAccount(zeus, inputOf({ firstName: 'Anna' }));
    expect(account.firstName).toEqual({ value: 'Anna', field: 'firstName' });
    expect(account.lastName).toEqual({ value: 'Silva', field: 'customer.lastName' });
  });
});

describe('fixed words', () => {
  test('18 data centres, each once', () => {
    expect([dataCenters.length, new Set(dataCenters.map((one) => one.id)).size]).toEqual([18, 18]);
  });

  test('the four permissions fit the vendor’s limit for a scope', () => {
    expect(defaultScope).toBe(
      'elements.customers.read.all elements.customers.readwrite.all elements.license.read.all elements.license.readwrite.all',
    );
    expect(defaultScope.length).toBeLessThan(scopeMax);
  });
});
