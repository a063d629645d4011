import 'server-only';

import { createAvepointAdapter } from './avepoint/adapter';
import type { CatalogVendor } from './catalog';
import { createCloudCockpitAdapter } from './cloud-cockpit/adapter';
import { createCloudlxAdapter } from './cloudlx/adapter';
import { createCoveAdapter } from './cove/adapter';
import { VendorHttp } from './http/client';
import type { VendorAdapter, VendorKey } from './vendor';

function createRegistry(): { readonly http: VendorHttp; readonly adapters: Record<CatalogVendor, VendorAdapter> } {
  const http = new VendorHttp();
  return {
    http,
    adapters: {
      'cloud-cockpit': createCloudCockpitAdapter(http),
      cove: createCoveAdapter(http),
      avepoint: createAvepointAdapter(http),
      cloudlx: createCloudlxAdapter(http),
    },
  };
}

declare global {
  var quaysideVendors: ReturnType<typeof createRegistry> | undefined;
}

// Next loads pages and route handlers as separate modules of one process: sockets and tokens are shared through here.
function registry(): ReturnType<typeof createRegistry> {
  globalThis.quaysideVendors ??= createRegistry();
  return globalThis.quaysideVendors;
}

/**
 * The server side of a vendor, with sockets and tokens kept for this process.
 * @throws Error for a vendor that is not in the catalogue yet
 */
export function adapterFor(vendor: VendorKey): VendorAdapter {
  const { adapters } = registry();
  const adapter = Object.values(adapters).find((one) => one.vendor === vendor);
  if (adapter === undefined) throw new Error(`There is no adapter for the vendor ${vendor} yet`);
  return adapter;
}

/** Closes the sockets to all vendors after their open requests; for shutdown. */
export async function closeVendors(): Promise<void> {
  await globalThis.quaysideVendors?.http.close();
  globalThis.quaysideVendors = undefined;
}
