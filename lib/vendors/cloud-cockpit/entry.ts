import type { VendorCatalogEntry } from '../vendor';
import { emptyCloudCockpitInput } from './input';
import { lintCloudCockpit } from './lint';
import { defaultScope, defaultTokenUrl } from './vocabulary';

/** What the form and the settings page need to know of Cloud Cockpit. Client-safe. */
export const cloudCockpitEntry: VendorCatalogEntry = {
  vendor: 'cloud-cockpit',
  name: 'Cloud Cockpit',
  baseUrl: 'https://api.cloudcockpit.com',
  tokenUrl: defaultTokenUrl,
  settings: [
    { key: 'tenantDomain', required: true, fallback: '' },
    { key: 'clientId', required: true, fallback: '' },
    { key: 'scope', required: true, fallback: defaultScope },
  ],
  secrets: [{ key: 'clientSecret', required: true }],
  mapping: { field: 'resellerId', lookup: 'resellers' },
  profiles: [],
  initialSecrets: [],
  carriesKey: true,
  emptyInput: emptyCloudCockpitInput,
  lint: lintCloudCockpit,
};
