import type { VendorCatalogEntry } from '../catalog-entry';
import { emptyCloudCockpitInput } from './input';
import { lintCloudCockpit } from './lint';
import { emptyResellerInput } from './resellers/input';
import { lintReseller } from './resellers/lint';
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
  // Nothing: everything here is about the one customer. Whose it is comes from the mapping, or is picked each time; a
  // provider instance, its margin and its agreement taken over from another customer would provision or attest unasked.
  remembered: [],
  emptyInput: emptyCloudCockpitInput,
  lint: lintCloudCockpit,
  partners: { tree: false, emptyInput: emptyResellerInput, lint: lintReseller },
};
