import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { contextOf, zeus } from '../testing/zeus';
import { lintCove } from './lint';

const call = { correlationId: '0198c2aa-0000-7000-8000-000000007f3a' };
const found = (input: Record<string, unknown>, facts = zeus) =>
  lintCove(facts, z.json().parse(input), contextOf(call)).map(
    ({ level, field, message }) => `${level} ${field} ${message}`,
  );

describe('Cove’s rules', () => {
  test('the shared facts alone pass', () => {
    expect(found({})).toEqual([]);
    expect(found({ externalCode: call.correlationId })).toEqual([]);
  });

  const rows: readonly (readonly [string, Record<string, unknown>, string])[] = [
    [
      'a level above the parent’s',
      { parentId: '5', parentLevel: 'Reseller', level: 'Distributor' },
      'error level cove.level-not-below',
    ],
    ['the parent’s own level', { parentId: '5', parentLevel: 'EndCustomer' }, 'error level cove.level-not-below'],
    ['a parent that is no number', { parentId: 'Harbor' }, 'error parentId cove.number'],
    ['a parent too great for an int', { parentId: '3000000000' }, 'error parentId cove.number'],
    ['a level that only the service knows', { level: 'Site' }, 'hint level cove.level-undocumented'],
    ['a country that is none', { company: { country: 'Atlantis' } }, 'error company.country cove.country'],
    ['a country of devices that is none', { deviceCountry: 'Atlantis' }, 'error deviceCountry cove.country'],
    ['a location that is no number', { locationId: 'Lisbon' }, 'error locationId cove.number'],
    [
      'a billing contact that is no number',
      { company: { billingContactPersonId: 'Ana' } },
      'error company.billingContactPersonId cove.number',
    ],
    ['a region that is no number', { regionId: 'x' }, 'error regionId cove.number'],
    ['a user that is no number', { responsibleUserId: 'x' }, 'error responsibleUserId cove.number'],
    ['a day that is none', { state: 'InTrial', trialExpiration: '2026-02-31' }, 'error trialExpiration cove.date'],
    [
      'another day that is none',
      { state: 'InTrial', trialRegistration: 'soon', trialExpiration: '2026-12-01' },
      'error trialRegistration cove.date',
    ],
    [
      'a trial that ends before it begins',
      { state: 'InTrial', trialRegistration: '2026-12-02', trialExpiration: '2026-12-01' },
      'error trialExpiration cove.trial-order',
    ],
    ['trial dates in production', { trialExpiration: '2026-12-01' }, 'hint trialExpiration cove.trial-not-in-trial'],
    ['a trial without an end', { state: 'InTrial' }, 'hint trialExpiration cove.trial-without-end'],
    ['a reference of one’s own', { externalCode: 'ZS-1' }, 'hint externalCode cove.code-typed'],
    ['a value of another shape', { level: 'King' }, 'error level cove.not-a-value'],
  ];
  test.each(rows)('%s', (_name, input, expected) => {
    expect(found(input)).toEqual([expected]);
  });

  test('name and country are needed', () => {
    expect(found({}, { ...zeus, name: ' ', legalName: 'Zeus' })).toEqual(['error customer.name cove.required']);
    expect(found({}, { ...zeus, country: '' })).toEqual(['error customer.country cove.required']);
    expect(found({ name: 'Zeus' }, { ...zeus, name: '' })).toEqual([]);
  });

  test.each([
    ['a level below the parent’s', { parentId: '50210', parentLevel: 'Reseller' }],
    ['a parent whose level is not known', { parentId: '50210', parentLevel: 'SomethingNew' }],
    ['a service organization above', { parentId: '50211', parentLevel: 'ServiceOrganization' }],
    ['a country by its English name', { company: { country: 'Greece' }, deviceCountry: 'Spain' }],
    ['a whole trial', { state: 'InTrial', trialRegistration: '2026-12-01', trialExpiration: '2026-12-01' }],
  ])('%s passes', (_name, input) => {
    expect(found(input)).toEqual([]);
  });

  test('every rule has its words', () => {
    const words: unknown = JSON.parse(readFileSync(new URL('../../messages/en/lint.json', import.meta.url), 'utf8'));
    const rules = [...rows.map(([, , said]) => said.split(' ').at(-1) ?? ''), 'cove.required'];
    for (const rule of rules) expect(words).toHaveProperty(rule.split('.'));
  });
});
