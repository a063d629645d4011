import type { VendorCatalogEntry } from '../catalog-entry';
import { emptyCloudlxInput } from './input';
import { lintCloudlx } from './lint';

/** What the form and the settings page need to know of CloudLX. Client-safe. */
export const cloudlxEntry: VendorCatalogEntry = {
  vendor: 'cloudlx',
  name: 'CloudLX',
  baseUrl: 'https://cloudlx.epsilontel.com',
  // Derived from the base URL: the sign-in is a path of the API itself.
  tokenUrl: null,
  settings: [{ key: 'clientId', required: true, fallback: '' }],
  secrets: [{ key: 'clientSecret', required: true }],
  mapping: null,
  profiles: [],
  initialSecrets: [],
  carriesKey: false,
  remembered: ['realms', 'shownSubRealms', 'enabledSubRealms', 'roleGroup'],
  emptyInput: emptyCloudlxInput,
  lint: lintCloudlx,
};
