import type { VendorCatalogEntry } from '../catalog-entry';
import { emptyAvepointInput } from './input';
import { lintAvepoint } from './lint';
import { emptyServiceInput, serviceInputSchema } from './services/input';
import { lintService } from './services/lint';
import { productOf } from './services/vocabulary';
import { defaultBaseUrl, defaultScope, defaultTokenUrl, profiles, scopeMax } from './vocabulary';

/** What the form and the settings page need to know of AvePoint Elements. Client-safe. */
export const avepointEntry: VendorCatalogEntry = {
  vendor: 'avepoint',
  name: 'AvePoint Elements',
  baseUrl: defaultBaseUrl,
  tokenUrl: defaultTokenUrl,
  settings: [
    { key: 'clientId', required: true, fallback: '' },
    { key: 'scope', required: true, fallback: defaultScope, max: scopeMax },
    { key: 'timeUnit', required: false, fallback: '' },
  ],
  secrets: [{ key: 'clientSecret', required: true }],
  mapping: null,
  profiles,
  initialSecrets: ['password'],
  carriesKey: false,
  remembered: ['dataCenter', 'managementMode'],
  emptyInput: emptyAvepointInput,
  lint: lintAvepoint,
  services: {
    emptyInput: emptyServiceInput,
    productName(input) {
      const parsed = serviceInputSchema.safeParse(input);
      return parsed.success ? (productOf(parsed.data.product)?.name ?? null) : null;
    },
    lint: lintService,
  },
};
