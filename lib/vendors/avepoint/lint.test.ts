import { describe, expect, test } from 'vitest';
import words from '../../messages/en/lint.json' with { type: 'json' };
import { westEurope } from '../testing/avepoint';
import { zeus } from '../testing/zeus';
import type { CustomerFacts, RequestContext } from '../vendor';
import { lintAvepoint } from './lint';
import { dataCenters, governmentDataCenter } from './vocabulary';

const context: RequestContext = { correlationId: 'c', mappingId: null, mappingName: null, profile: null };
const typed: RequestContext = { ...context, typedSecrets: ['password'] };

const found = (input: Record<string, unknown>, facts: Partial<CustomerFacts> = {}, about = typed) =>
  lintAvepoint({ ...zeus, ...facts }, { dataCenter: westEurope, ...input }, about).map(
    ({ level, field, message, params }) => `${level} ${field} ${message}${params.field ? ` ${params.field}` : ''}`,
  );

describe('AvePoint’s rules', () => {
  test('a customer with its facts, a data centre and a password passes without a word', () => {
    expect(found({})).toEqual([]);
    for (const { id } of dataCenters.filter((one) => one.id !== governmentDataCenter)) {
      expect(found({ dataCenter: id.toUpperCase() })).toEqual([]);
    }
  });

  // Input, facts, what is found.
  const rows: readonly (readonly [string, Record<string, unknown>, Partial<CustomerFacts>, readonly string[]])[] = [
    ['no name', {}, { name: ' ' }, ['error customer.name avepoint.required organizationName']],
    ['no e-mail', {}, { email: '' }, ['error customer.email avepoint.required registrationAccount']],
    ['no first name', {}, { firstName: '' }, ['error customer.firstName avepoint.required firstName']],
    ['no last name', {}, { lastName: '' }, ['error customer.lastName avepoint.required lastName']],
    ['no country', {}, { country: '' }, ['error customer.country avepoint.required countryCode']],
    ['a name typed here', { organizationName: 'Zeus' }, { name: '' }, []],
    ['no phone', {}, { phone: '' }, []],
    ['a country that is none', { countryCode: 'XX' }, {}, ['error countryCode avepoint.country']],
    ['a country in small letters', { countryCode: 'es' }, {}, []],
    [
      'an account that is no e-mail address',
      { registrationAccount: 'ana' },
      {},
      ['error registrationAccount avepoint.account-email'],
    ],
    ['no data centre', { dataCenter: ' ' }, {}, ['error dataCenter avepoint.required dataCenter']],
    ['a data centre that is no id', { dataCenter: 'Europe' }, {}, ['error dataCenter avepoint.guid']],
    // Early versions of the vendor's document printed some with a digit too many (1.8).
    ['a digit too many', { dataCenter: `${westEurope}1` }, {}, ['error dataCenter avepoint.guid']],
    [
      'a data centre off the list',
      { dataCenter: '7e4ffcae-1111-4222-8333-c6efa0b250d5' },
      {},
      ['hint dataCenter avepoint.data-center-unlisted'],
    ],
    [
      'the government’s data centre',
      { dataCenter: governmentDataCenter },
      {},
      ['hint dataCenter avepoint.data-center-government'],
    ],
    ['a tag twice', { tags: ['Gold', 'gold'] }, {}, ['hint tags avepoint.tag-twice']],
    ['what is no value', { tags: 'gold' }, {}, ['error tags avepoint.not-a-value']],
  ];
  test.each(rows)('%s', (_name, input, facts, expected) => {
    expect(found(input, facts)).toEqual(expected);
  });

  test('the password is asked for where it is known that none was typed', () => {
    expect(found({}, {}, { ...context, typedSecrets: [] })).toEqual(['error password avepoint.required password']);
    expect(found({}, {}, { ...context, typedSecrets: ['password'] })).toEqual([]);
    expect(found({}, {}, context)).toEqual([]);
  });

  test('every rule has its words', () => {
    const rules = rows.flatMap(([, , , expected]) =>
      expected.map((one) => one.split(' ')[2]?.replace('avepoint.', '')),
    );
    for (const rule of rules) expect(words.avepoint).toHaveProperty([rule ?? '']);
    const { service: _ofServices, ...own } = words.avepoint;
    expect(Object.keys(own).length).toBe(new Set(rules).size);
  });
});
