import type { VendorCatalogEntry } from '../catalog-entry';
import { emptyCoveInput } from './input';
import { lintCove } from './lint';
import { lintCovePartner } from './lint-partner';

/** What the form and the settings page need to know of N-able Cove. Client-safe. */
export const coveEntry: VendorCatalogEntry = {
  vendor: 'cove',
  name: 'N-able Cove',
  baseUrl: 'https://api.backup.management/jsonapi',
  // There is no token endpoint: signing in is a method of the same URL.
  tokenUrl: null,
  settings: [
    { key: 'partner', required: true, fallback: '' },
    { key: 'username', required: true, fallback: '' },
  ],
  secrets: [{ key: 'password', required: true }],
  mapping: { field: 'partnerId', lookup: 'partners' },
  profiles: [],
  initialSecrets: [],
  carriesKey: true,
  // Not the parent: it says whose the customer is, and the mapping remembers that.
  remembered: ['level', 'serviceType', 'childServiceTypes', 'locationId'],
  emptyInput: emptyCoveInput,
  lint: lintCove,
  partners: { tree: true, emptyInput: { ...emptyCoveInput, level: 'Reseller' }, lint: lintCovePartner },
};
