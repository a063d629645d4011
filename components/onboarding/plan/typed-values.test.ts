import { expect, test } from 'vitest';
import { emptyCloudCockpitInput, emptyProviderCustomer } from '@/lib/vendors/cloud-cockpit/input';
import { emptyCoveInput } from '@/lib/vendors/cove/input';
import { toTyped } from './typed-values';

test('an untouched section without choices shows nothing as typed', () => {
  expect(toTyped(emptyCloudCockpitInput, emptyCloudCockpitInput)).toEqual([]);
});

test('choices that a section opens with are shown, as they are sent', () => {
  expect(toTyped(emptyCoveInput, emptyCoveInput)).toEqual([
    { path: 'level', values: ['EndCustomer'] },
    { path: 'serviceType', values: ['AllInclusive'] },
    { path: 'childServiceTypes', values: ['AllInclusive'] },
    { path: 'state', values: ['InProduction'] },
  ]);
});

test('a choice that was taken back is shown as left empty', () => {
  const input = { ...emptyCoveInput, state: '', childServiceTypes: [] };
  const typed = toTyped(input, emptyCoveInput);
  expect(typed).toContainEqual({ path: 'state', values: [] });
  expect(typed).toContainEqual({ path: 'childServiceTypes', values: [] });
});

test('what is typed is listed flat, in the order of the form', () => {
  const input = { ...emptyCloudCockpitInput, id: 'abc', email: 'a@b.example' };
  expect(toTyped(input, emptyCloudCockpitInput)).toEqual([
    { path: 'id', values: ['abc'] },
    { path: 'email', values: ['a@b.example'] },
  ]);
});

test('a list is one entry, a switch one when it was turned', () => {
  expect(toTyped({ realms: ['1', '7'], on: true, off: false }, { realms: [], on: false, off: true })).toEqual([
    { path: 'realms', values: ['1', '7'] },
    { path: 'on', values: [true] },
    { path: 'off', values: [false] },
  ]);
});

test('a row that was added shows what it holds', () => {
  const input = { ...emptyCloudCockpitInput, providerCustomers: [emptyProviderCustomer('instance', 'Microsoft')] };
  const typed = toTyped(input, emptyCloudCockpitInput);
  expect(typed).toContainEqual({ path: 'providerCustomers.0.providerInstanceId', values: ['instance'] });
  expect(typed).toContainEqual({ path: 'providerCustomers.0.data.keepPrimaryInformation', values: [true] });
});
