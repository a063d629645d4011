import { expect, test } from 'vitest';
import { emptyCustomerFacts } from '@/lib/customers/customer-facts';
import type { FormConnection } from '@/lib/onboarding/form-start';
import { emptyCloudCockpitInput } from '@/lib/vendors/cloud-cockpit/input';
import { firstStop, lintAll } from './lint-all';
import type { Snapshot } from './snapshot';

const connection: FormConnection = {
  connectionId: 'connection',
  name: 'Connection',
  vendor: 'cloud-cockpit',
  ownerName: 'Ridge IT',
  shared: false,
  sandbox: true,
  unusable: null,
  resting: false,
  mappingId: null,
  mappingName: null,
  own: null,
  profile: null,
};

const good = {
  ...emptyCustomerFacts,
  name: 'Zeus & Sons',
  country: 'PT',
  addressLine1: 'Rua Augusta 12',
  city: 'Lisboa',
  state: 'Lisboa',
  zip: '1100-053',
  firstName: 'Maria',
  lastName: 'Zeus',
  email: 'maria@zeus.example',
  phone: '+351 210 000 000',
};

const snapshot = (part: Partial<Snapshot>): Snapshot => ({
  facts: good,
  chosen: ['connection'],
  inputs: { connection: emptyCloudCockpitInput },
  services: {},
  decisions: {},
  secrets: {},
  ...part,
});
const stopOf = (part: Partial<Snapshot>) => firstStop(lintAll(snapshot(part), [connection], 'id'));

test('a good customer can be planned', () => {
  expect(stopOf({})).toBeNull();
});

test('only chosen vendors have a say', () => {
  expect(stopOf({ facts: { ...good, city: '' } })).toBe('customer.city');
  expect(stopOf({ facts: { ...good, city: '' }, chosen: [] })).toBeNull();
});

test('our own rules come first, in the order of the form', () => {
  expect(stopOf({ facts: emptyCustomerFacts })).toBe('customer.name');
});

test('a fault in a vendor’s section leads to that connection’s field', () => {
  expect(stopOf({ inputs: { connection: { ...emptyCloudCockpitInput, id: 'not-a-uuid' } } })).toBe('connection.id');
});

test('a hint does not stop', () => {
  expect(stopOf({ facts: { ...good, name: 'BMW' } })).toBeNull();
});
