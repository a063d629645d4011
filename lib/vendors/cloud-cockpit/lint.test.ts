import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { zeus } from '../testing/zeus';
import type { CustomerFacts } from '../vendor';
import { createCustomerSchema } from './contract';
import { toCreateBody } from './create-body';
import { cloudCockpitInputSchema } from './input';
import { lintCloudCockpit } from './lint';

const context = { correlationId: 'c-1', mappingId: null, mappingName: null, profile: null };
const uuid = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const instance = 'cb3cd15b-1d6e-45be-b493-c71549cbfd87';

type Change = {
  readonly facts?: Partial<CustomerFacts>;
  readonly input?: Record<string, unknown>;
  readonly mappingId?: string;
};

const find = ({ facts = {}, input = {}, mappingId }: Change) =>
  lintCloudCockpit({ ...zeus, ...facts }, cloudCockpitInputSchema.parse(input), {
    ...context,
    settings: { tenantDomain: 'portal.ridge-it.example' },
    ...(mappingId === undefined ? {} : { mappingId, mappingName: 'Harbor Cloud' }),
  }).map((one) => `${one.level} ${one.field} ${one.message.replace('cloud-cockpit.', '')}`);

const name = (value: string): Change => ({ facts: { name: value } });
const provider = (rest: Record<string, unknown>): Change => ({
  input: { providerCustomers: [{ providerInstanceId: instance, data: { domain: 'zeus' }, ...rest }] },
});

const rows: readonly (readonly [string, Change, readonly string[]])[] = [
  ['a good customer', {}, []],
  // required and lengths (2.4)
  ...(
    ['addressLine1', 'city', 'state', 'zip', 'firstName', 'lastName', 'email', 'phone', 'country', 'name'] as const
  ).map((fact) => [`no ${fact}`, { facts: { [fact]: '  ' } }, [`error customer.${fact} required`]] as const),
  ...(['taxId', 'addressLine2', 'middleName'] as const).map(
    (fact) => [`no ${fact}`, { facts: { [fact]: '' } }, []] as const,
  ),
  ['a name of 255', name('Zeus '.repeat(51).trim()), []],
  ['a name of 256', name(`${'ab'.repeat(128)}`), ['error customer.name too-long']],
  ['a postal code of 31', { facts: { zip: `${'12'.repeat(15)}3` } }, ['error customer.zip too-long']],
  ['a phone number of 31', { facts: { phone: `${'12'.repeat(15)}3` } }, ['error customer.phone too-long']],
  ['a country that is none', { facts: { country: 'ZZ' } }, ['error customer.country country']],
  ['a country in words', { facts: { country: 'Portugal' } }, ['error customer.country country']],
  ['a field typed for this vendor', { input: { zip: 'x'.repeat(31) } }, ['error zip too-long']],
  ['a typed field mends the fact', { facts: { city: '' }, input: { city: 'Porto' } }, []],
  // company rules (2.8)
  ['one character', name('Z'), ['error customer.name company-one-character']],
  ['one character of two code units', name('𝒵'), ['error customer.name company-one-character']],
  ['only special characters', name('&-&'), ['error customer.name company-only-special']],
  ['only blanks', name('   '), ['error customer.name required']],
  ['single spaced characters', name('A C M E'), ['error customer.name company-spaced-characters']],
  ['a character three times', name('Zeuuus'), ['error customer.name company-repeated-character']],
  ['a character three times in other case', name('AaA Cars'), ['error customer.name company-repeated-character']],
  ['a character twice', name('Zeuus'), []],
  ['a bare abbreviation', name('BMW'), ['hint customer.name company-abbreviation']],
  ['an abbreviation with dots', name('A.B.'), ['hint customer.name company-abbreviation']],
  ['an abbreviation with more', name('BMW Group'), []],
  ['letters of other scripts', name('株式会社'), []],
  // contact rules (2.8)
  ['a first name of one character', { facts: { firstName: 'A' } }, ['error customer.firstName contact-one-character']],
  ['a middle initial', { facts: { middleName: 'A' } }, []],
  ...['test', 'Admin', 'NOBODY'].map(
    (word) =>
      [`${word} as a name`, { facts: { lastName: word } }, ['error customer.lastName contact-reserved']] as const,
  ),
  ['a last name of 40', { facts: { lastName: 'ab'.repeat(20) } }, []],
  ['a last name of 41', { facts: { lastName: `${'ab'.repeat(20)}c` } }, ['error customer.lastName too-long']],
  ['an e-mail that is none', { facts: { email: 'ana' } }, ['error customer.email email']],
  ['an e-mail at microsoft.com', { facts: { email: 'ana@Microsoft.com' } }, ['error customer.email email-microsoft']],
  [
    'an e-mail below microsoft.com',
    { facts: { email: 'ana@eu.microsoft.com' } },
    ['error customer.email email-microsoft'],
  ],
  ['an e-mail at onmicrosoft.com', { facts: { email: 'ana@zeus.onmicrosoft.com' } }, []],
  [
    'an e-mail at the own domain',
    { facts: { email: 'ana@ridge-it.example' } },
    ['hint customer.email email-own-domain'],
  ],
  // identifiers
  ['an id that is none', { input: { id: 'x' } }, ['error id uuid', 'hint id id-typed']],
  ['an id', { input: { id: uuid } }, ['hint id id-typed']],
  ['an identifier of ours', { input: { internalIdentifier: 'Z-1' } }, ['hint internalIdentifier identifier-typed']],
  [
    'an identifier of 256',
    { input: { internalIdentifier: 'x'.repeat(256) } },
    ['error internalIdentifier too-long', 'hint internalIdentifier identifier-typed'],
  ],
  ['a reseller that is none', { input: { resellerId: 'x' } }, ['error resellerId uuid']],
  ['a reseller below', { input: { resellerId: uuid } }, []],
  [
    'another reseller than the mapping',
    { input: { resellerId: uuid }, mappingId: instance },
    ['error resellerId reseller-not-yours'],
  ],
  ['the reseller of the mapping', { input: { resellerId: uuid.toUpperCase() }, mappingId: uuid }, []],
  // providers
  ['a provider', provider({}), []],
  [
    'a provider without instance',
    provider({ providerInstanceId: '' }),
    ['error providerCustomers.0.providerInstanceId missing'],
  ],
  ['a provider without a name', provider({ providerName: ' ' }), ['error providerCustomers.0.providerName missing']],
  [
    'an instance twice',
    { input: { providerCustomers: [1, 2].map(() => ({ providerInstanceId: instance, data: { domain: 'zeus' } })) } },
    ['error providerCustomers.1.providerInstanceId instance-twice'],
  ],
  ['neither domain nor customer', provider({ data: {} }), ['hint providerCustomers.0.data.domain domain-missing']],
  ['a customer at the provider', provider({ data: {}, providerCustomerId: uuid }), []],
  [
    'an accepted agreement without its date',
    provider({ data: { domain: 'z', acceptedMca: true } }),
    ['error providerCustomers.0.data.agreementDate agreement-date'],
  ],
  [
    'a date without acceptance',
    provider({ data: { domain: 'z', agreementDate: '2026-01-31' } }),
    ['hint providerCustomers.0.data.agreementDate date-unused'],
  ],
  [
    'a day that does not exist',
    provider({ data: { domain: 'z', acceptedMca: true, agreementDate: '2026-02-31' } }),
    ['error providerCustomers.0.data.agreementDate date'],
  ],
  [
    'a margin without its rule',
    provider({ margin: { value: 5 } }),
    ['error providerCustomers.0.margin.rule margin-rule'],
  ],
  [
    'a margin rule without its value',
    provider({ margin: { rule: 'margin' } }),
    ['error providerCustomers.0.margin.value margin-value'],
  ],
  [
    'a margin below zero',
    provider({ margin: { rule: 'margin', value: -1 } }),
    ['hint providerCustomers.0.margin.value margin-negative'],
  ],
  [
    'an offer type twice',
    provider({ offerTypeMargins: [1, 2].map((value) => ({ offerType: 'license', rule: 'markup', value })) }),
    ['error providerCustomers.0.offerTypeMargins.1.offerType offer-type-twice'],
  ],
  [
    'half a signatory',
    provider({ agreement: { send: true, signatory: { firstName: 'Rui', lastName: 'Costa' } } }),
    ['error providerCustomers.0.agreement.signatory.email missing'],
  ],
  ['an agreement that is not sent is not judged', provider({ agreement: { customerId: 'x', lastUpdate: 'soon' } }), []],
  [
    'an association without its reseller',
    { input: { customerAssociations: [{ name: '' }] } },
    ['error customerAssociations.0.resellerId missing', 'error customerAssociations.0.name missing'],
  ],
];

describe(`Cloud Cockpit's rules (${rows.length} rows)`, () => {
  test.each(rows)('%s', (_name, change, expected) => {
    expect(find(change)).toEqual(expected);
  });

  test('what lint lets through without red fits the contract', () => {
    for (const [label, change, expected] of rows) {
      if (change.mappingId !== undefined || expected.some((one) => one.startsWith('error'))) continue;
      const body = toCreateBody(
        { ...zeus, ...change.facts },
        cloudCockpitInputSchema.parse(change.input ?? {}),
        context,
      );
      expect([label, createCustomerSchema.safeParse(body).success]).toEqual([label, true]);
    }
  });

  test('an input that is none is one finding, not an exception', () => {
    expect(lintCloudCockpit(zeus, { providerCustomers: [{ margin: { rule: 'guess' } }] }, context)).toEqual([
      { level: 'error', field: 'providerCustomers.0.margin.rule', message: 'cloud-cockpit.not-a-value', params: {} },
    ]);
    expect(lintCloudCockpit(zeus, null, context).length).toBe(1);
  });

  test('every rule has its words', () => {
    const source = readFileSync(new URL('./lint.ts', import.meta.url), 'utf8');
    const rules = [...source.matchAll(/(?:error|hint)\([^,]+(?:`[^`]*`)?, '([a-z-]+)'/g)].map((match) => match[1]);
    const words: unknown = JSON.parse(readFileSync(new URL('../../messages/en/lint.json', import.meta.url), 'utf8'));
    expect(rules.length).toBeGreaterThan(25);
    expect(words).toMatchObject({
      'cloud-cockpit': Object.fromEntries(rules.map((rule) => [rule, expect.stringMatching(/\.\}*$/)])),
    });
  });
});
