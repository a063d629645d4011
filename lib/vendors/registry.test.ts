import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { emptyCustomerFacts } from '../customers/customer-facts';
import { catalogEntries, catalogEntry } from './catalog';
import { cloudCockpitInputSchema } from './cloud-cockpit/input';
import { agreementStatuses, marginRules, offerTypes } from './cloud-cockpit/vocabulary';
import { parseVendorUrl, urlRefusals } from './http/guard-address';
import { adapterFor, closeVendors } from './registry';
import { vendorErrorKinds } from './vendor';

afterAll(() => closeVendors());

const words = (file: string) => {
  const value: unknown = JSON.parse(readFileSync(new URL(`../messages/en/${file}.json`, import.meta.url), 'utf8'));
  return z.record(z.string(), z.unknown()).parse(value);
};

describe('the catalogue of vendors', () => {
  test.each(catalogEntries)('$name has an adapter, real URLs and an input that parses', (entry) => {
    expect(catalogEntry(entry.vendor)).toBe(entry);
    expect(adapterFor(entry.vendor).vendor).toBe(entry.vendor);
    expect(adapterFor(entry.vendor)).toBe(adapterFor(entry.vendor));
    expect(adapterFor(entry.vendor).parseInput({})).toEqual(entry.emptyInput);
    expect(adapterFor(entry.vendor).parseInput(entry.emptyInput)).toEqual(entry.emptyInput);
    expect(parseVendorUrl(entry.baseUrl, { sandbox: false }).ok).toBe(true);
    expect(parseVendorUrl(entry.tokenUrl ?? entry.baseUrl, { sandbox: false }).ok).toBe(true);
    if (entry.mapping !== null) expect(Object.keys(adapterFor(entry.vendor).lookups)).toContain(entry.mapping.lookup);
  });

  test.each(catalogEntries)('what $name remembers are fields of its section that no shared fact fills', (entry) => {
    const fields = z.record(z.string(), z.unknown()).parse(entry.emptyInput);
    for (const field of entry.remembered) {
      expect(fields).toHaveProperty([field]);
      expect(Object.keys(emptyCustomerFacts)).not.toContain(field);
    }
  });

  test('a vendor that does not exist', () => {
    expect(catalogEntry('nonsense')).toBeNull();
  });

  test('no agreement is accepted for anybody', () => {
    const [row] = cloudCockpitInputSchema.parse({ providerCustomers: [{}] }).providerCustomers;
    expect([row?.data.acceptedMca, row?.agreement.send]).toEqual([false, false]);
  });
});

/** Paths of a form's fields, without the indices of rows. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (Array.isArray(value)) return value.length === 0 ? [[...path]] : value.flatMap((item) => leaves(item, path));
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

describe('words', () => {
  const errors = words('vendor-errors');
  const cockpit = words('cloud-cockpit');

  test('every kind of failure, every refusal of a URL, every field of the settings has its words', () => {
    for (const kind of [...vendorErrorKinds, 'sign-in-refused', 'sign-in-elsewhere'])
      expect(errors[kind]).toEqual(expect.any(String));
    for (const reason of ['connection', 'late', 'rights', 'mapping', 'customer', 'open-attempt', 'gone-at-vendor']) {
      expect(errors['not-sent']).toHaveProperty([reason]);
    }
    expect(words('lint')).toHaveProperty('shape');
    expect(Object.keys(z.record(z.string(), z.string()).parse(errors.url)).toSorted()).toEqual(
      [...urlRefusals].toSorted(),
    );
    for (const entry of catalogEntries) {
      const own = words(entry.vendor);
      expect(own.name).toBe(entry.name);
      for (const { key } of entry.settings) expect(own.settings).toHaveProperty([key, 'label']);
      for (const { key } of entry.secrets) expect(own.secrets).toHaveProperty([key, 'label']);
      for (const key of entry.initialSecrets) expect(own.fields).toHaveProperty([key, 'label']);
    }
  });

  test.each(catalogEntries)('every field of $name has a label and help', ({ vendor, emptyInput }) => {
    const own = words(vendor);
    for (const path of leaves(emptyInput)) {
      expect(own.fields).toHaveProperty([...path, 'label']);
      expect(own.fields).toHaveProperty([...path, 'help']);
    }
  });

  test('every field of Cloud Cockpit’s section, however deep, has a label and help', () => {
    const input = cloudCockpitInputSchema.parse({
      providerCustomers: [{ offerTypeMargins: [{ offerType: 'license' }] }],
      customerAssociations: [{}],
    });
    const paths = leaves(input);
    expect(paths.length).toBeGreaterThan(45);
    for (const path of paths) {
      expect(cockpit.fields).toHaveProperty([...path, 'label']);
      expect(cockpit.fields).toHaveProperty([...path, 'help']);
    }
  });

  test('every choice has its word', () => {
    for (const rule of ['none', ...marginRules]) expect(cockpit.marginRule).toHaveProperty(rule);
    for (const status of agreementStatuses) expect(cockpit.agreementStatus).toHaveProperty(status);
    for (const offerType of offerTypes) expect(cockpit.offerType).toHaveProperty(offerType);
  });
});
