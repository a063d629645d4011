import { describe, expect, test } from 'vitest';
import { zeus } from '../testing/zeus';
import type { CustomerFacts, Json } from '../vendor';
import { lintCloudlx } from './lint';

const lint = (facts: Partial<CustomerFacts> = {}, input: Json = {}) => {
  const base = { realms: ['1'] };
  const whole = typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...base, ...input } : input;
  return lintCloudlx({ ...zeus, ...facts }, whole).map(({ level, field, message }) => `${level} ${field} ${message}`);
};

describe('CloudLX’s rules', () => {
  test('a customer that will pass is left alone', () => {
    expect(lint()).toEqual([]);
    expect(lint({}, { shownSubRealms: ['313', '328'], enabledSubRealms: ['313'] })).toEqual([]);
  });

  const rows: readonly (readonly [string, Partial<CustomerFacts>, Json, string[]])[] = [
    ['a name is needed', { name: ' ' }, {}, ['error customer.name cloudlx.required']],
    ['an e-mail address is needed', { email: '' }, {}, ['error customer.email cloudlx.required']],
    ['a first name is needed', { firstName: '' }, {}, ['error customer.firstName cloudlx.required']],
    ['a last name is needed', { lastName: '' }, {}, ['error customer.lastName cloudlx.required']],
    [
      'a country is needed, and the currency with it',
      { country: '' },
      {},
      ['error customer.country cloudlx.required', 'error currency cloudlx.required'],
    ],
    [
      'a currency is needed where the country does not tell it',
      { country: 'AR' },
      {},
      ['error currency cloudlx.required'],
    ],
    ['a currency that is typed serves there', { country: 'AR' }, { currency: 'ars' }, []],
    ['a country code is no currency', {}, { currency: 'GB' }, ['error currency cloudlx.currency']],
    ['a currency nobody knows', {}, { currency: 'QQQ' }, ['hint currency cloudlx.currency-unknown']],
    ['a country of three letters', {}, { country: 'PRT', currency: 'EUR' }, ['error country cloudlx.country']],
    ['a country that is none', { country: 'ZZ' }, { currency: 'EUR' }, ['error customer.country cloudlx.country']],
    ['what is no e-mail address', { email: 'ana' }, {}, ['error customer.email cloudlx.email']],
    ['what is no e-mail address, typed here', {}, { email: 'ana@zeus' }, ['error email cloudlx.email']],
    ['a name typed here serves', { name: '' }, { name: 'Zeus' }, []],
    ['a very long name', {}, { name: 'x'.repeat(256) }, ['hint name cloudlx.long']],
    ['an empty role group is Admin', {}, { roleGroup: ' ' }, []],
    ['no realm at all', {}, { realms: [] }, ['hint realms cloudlx.no-realm']],
    ['a realm that is no number', {}, { realms: ['1', 'Voice'] }, ['error realms cloudlx.ids']],
    ['a shown sub-realm that is no number', {}, { shownSubRealms: ['x'] }, ['error shownSubRealms cloudlx.ids']],
    [
      'an enabled sub-realm that is no number',
      {},
      { shownSubRealms: ['007'], enabledSubRealms: ['007'] },
      ['error shownSubRealms cloudlx.ids', 'error enabledSubRealms cloudlx.ids'],
    ],
    [
      'enabled, but not shown',
      {},
      { shownSubRealms: ['313'], enabledSubRealms: ['313', '328'] },
      ['error enabledSubRealms cloudlx.enabled-not-shown'],
    ],
    ['enabled and shown with blanks around', {}, { shownSubRealms: [' 313'], enabledSubRealms: ['313 '] }, []],
    ['an input that is none', {}, { realms: 'all' }, ['error realms cloudlx.not-a-value']],
    ['an input that is no section', {}, 'nonsense', ['error name cloudlx.not-a-value']],
  ];
  test.each(rows)('%s', (_name, facts, input, expected) => {
    expect(lint(facts, input)).toEqual(expected);
  });

  test('the sentence gets what it needs', () => {
    const input = { realms: ['1'], shownSubRealms: ['313'], enabledSubRealms: ['328', '331', '328'] };
    expect(lintCloudlx(zeus, input)).toEqual([
      {
        level: 'error',
        field: 'enabledSubRealms',
        message: 'cloudlx.enabled-not-shown',
        params: { found: '328, 331' },
      },
    ]);
  });
});
