import { avepointEntry } from './avepoint/entry';
import type { VendorCatalogEntry } from './catalog-entry';
import { cloudCockpitEntry } from './cloud-cockpit/entry';
import { cloudlxEntry } from './cloudlx/entry';
import { coveEntry } from './cove/entry';
import type { VendorKey } from './vendor';

/**
 * The vendors that work today, in the order they are offered. Client-safe. A vendor is one folder, one line here, and
 * one line in `registry.ts`, which does not compile until the adapter is named.
 */
export const catalog = {
  'cloud-cockpit': cloudCockpitEntry,
  avepoint: avepointEntry,
  cove: coveEntry,
  cloudlx: cloudlxEntry,
} as const satisfies Partial<Record<VendorKey, VendorCatalogEntry>>;

export type CatalogVendor = keyof typeof catalog;

/** All entries, in order. */
export const catalogEntries: readonly VendorCatalogEntry[] = Object.values(catalog);

/** The entry of a vendor, or null for one that is not there yet. */
export function catalogEntry(vendor: string): VendorCatalogEntry | null {
  return catalogEntries.find((entry) => entry.vendor === vendor) ?? null;
}
