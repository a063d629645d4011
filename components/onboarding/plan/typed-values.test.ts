import { expect, test } from 'vitest';
import { emptyCloudCockpitInput, emptyProviderCustomer } from '@/lib/vendors/cloud-cockpit/input';
import { toTyped } from './typed-values';

test('an untouched section shows nothing as typed', () => {
  expect(toTyped(emptyCloudCockpitInput, emptyCloudCockpitInput)).toEqual([]);
});

test('what differs is listed flat, in the order of the form', () => {
  const input = { ...emptyCloudCockpitInput, id: 'abc', email: 'a@b.example' };
  expect(toTyped(input, emptyCloudCockpitInput)).toEqual([
    { path: 'id', value: 'abc' },
    { path: 'email', value: 'a@b.example' },
  ]);
});

test('a row that was added shows what it holds', () => {
  const input = { ...emptyCloudCockpitInput, providerCustomers: [emptyProviderCustomer('instance', 'Microsoft')] };
  expect(toTyped(input, emptyCloudCockpitInput)).toContainEqual({
    path: 'providerCustomers.0.providerInstanceId',
    value: 'instance',
  });
});
