import 'server-only';
import { catalogEntries } from '../vendors/catalog';
import type { VendorFields } from './connection-schema';

/** What the connection forms need to know of each vendor, in the order in which they are offered. */
export function listVendorFields(): readonly VendorFields[] {
  return catalogEntries.map(({ vendor, name, baseUrl, tokenUrl, settings, secrets, profiles }) => ({
    ...{ vendor, name, baseUrl, tokenUrl, settings, secrets, profiles },
  }));
}
