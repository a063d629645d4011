import { expect, test } from 'vitest';
import type { FoundCustomer } from '../vendors/found-customer';
import type { PlanReason, Verdict } from './plan-view';
import { decideVerdict, type VerdictFacts } from './verdict';

const found = (match: FoundCustomer['match'], key: string | null = null): FoundCustomer => ({
  vendorId: 'v-1',
  name: 'Zeus',
  country: 'PT',
  email: null,
  key,
  mappingId: null,
  match,
});
const clear: VerdictFacts = {
  correlationId: 'ours',
  linkedVendorId: null,
  unusable: null,
  invalid: false,
  openAttempt: 'none',
  found: [],
  elsewhere: false,
  sameNameHere: false,
  decision: null,
  mayAdopt: true,
  mayAdoptByName: false,
};
const adopt = { kind: 'adopt', vendorId: 'v-1' } as const;
const anyway = { kind: 'create-anyway' } as const;

const table: readonly [string, Partial<VerdictFacts>, Verdict, PlanReason][] = [
  ['nothing stands in the way', {}, 'create', 'new-at-vendor'],
  ['linked already', { linkedVendorId: 'v-9', unusable: 'broken' }, 'skip', 'already-linked'],
  ['connection disabled', { unusable: 'disabled' }, 'blocked', 'connection-unusable'],
  ['connection broken', { unusable: 'broken' }, 'blocked', 'connection-broken'],
  ['no mapping', { unusable: 'mapping-missing' }, 'blocked', 'mapping-missing'],
  ['the vendor’s rules refuse it', { invalid: true }, 'blocked', 'invalid'],
  ['an attempt is open', { openAttempt: 'visible' }, 'blocked', 'open-attempt'],
  ['an attempt is open in another branch', { openAttempt: 'hidden' }, 'blocked', 'ask-owner'],
  ['it exists where the actor may not look', { elsewhere: true, decision: anyway }, 'blocked', 'ask-owner'],
  ['it carries our key', { found: [found('key', 'ours')] }, 'adopt', 'carries-our-key'],
  ['a key that is not ours', { found: [found('key', 'theirs')] }, 'blocked', 'same-name-at-vendor'],
  ['the same name at the vendor', { found: [found('name')] }, 'blocked', 'same-name-at-vendor'],
  ['the same name, created all the same', { found: [found('name')], decision: anyway }, 'create', 'new-at-vendor'],
  ['an operator adopts by name', { found: [found('name')], decision: adopt }, 'blocked', 'same-name-at-vendor'],
  [
    'an admin adopts by name',
    { found: [found('name')], decision: adopt, mayAdoptByName: true },
    'adopt',
    'chosen-by-person',
  ],
  ['an operator adopts by id', { found: [found('id')], decision: adopt }, 'adopt', 'chosen-by-person'],
  ['an id that was not found', { decision: adopt, mayAdoptByName: true }, 'blocked', 'same-name-at-vendor'],
  ['the same name among ours', { sameNameHere: true }, 'blocked', 'same-name-here'],
  ['the same name among ours, another company', { sameNameHere: true, decision: anyway }, 'create', 'new-at-vendor'],
  ['the vendor could not be read', { found: null }, 'blocked', 'look-up-failed'],
  ['created without the look-up', { found: null, decision: anyway }, 'create', 'new-at-vendor'],
];

test.each(table)('%s', (_name, facts, verdict, reason) => {
  expect(decideVerdict({ ...clear, ...facts })).toMatchObject({ verdict, reason });
});
