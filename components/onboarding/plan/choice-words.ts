'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { lookedUpName } from '@/components/vendors/looked-up-names';
import { countryName } from '@/lib/customers/country-name';
import { dataCenters } from '@/lib/vendors/avepoint/vocabulary';
import type { VendorKey } from '@/lib/vendors/vendor';

/** How what was picked in a field is named. */
type Naming =
  | { readonly by: 'country' | 'currency' | 'data-center' }
  /** Words of the vendor's part of the catalogue. */
  | { readonly by: 'words'; readonly group: string }
  | { readonly by: 'lookup'; readonly lookup: string }
  /** A field beside it holds the name. */
  | { readonly by: 'field'; readonly field: string };

const country: Naming = { by: 'country' };
const words = (group: string): Naming => ({ by: 'words', group });
const lookup = (name: string): Naming => ({ by: 'lookup', lookup: name });

const namings: Readonly<Record<VendorKey, Readonly<Record<string, Naming>>>> = {
  avepoint: {
    countryCode: country,
    dataCenter: { by: 'data-center' },
    managementMode: words('managementMode'),
  },
  'cloud-cockpit': {
    country,
    resellerId: lookup('resellers'),
    'providerCustomers.providerInstanceId': lookup('provider-instances'),
    'providerCustomers.margin.rule': words('marginRule'),
    'providerCustomers.offerTypeMargins.offerType': words('offerType'),
    'providerCustomers.offerTypeMargins.rule': words('marginRule'),
    'providerCustomers.agreement.status': words('agreementStatus'),
  },
  cove: {
    parentId: { by: 'field', field: 'parentName' },
    level: words('level'),
    state: words('state'),
    serviceType: words('serviceType'),
    childServiceTypes: words('serviceType'),
    flags: words('flag'),
    deviceCountry: country,
    'company.country': country,
    locationId: lookup('locations'),
    regionId: lookup('regions'),
  },
  cloudlx: {
    country,
    currency: { by: 'currency' },
    realms: lookup('realms'),
    shownSubRealms: lookup('sub-realms'),
    enabledSubRealms: lookup('sub-realms'),
  },
};

interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string): string;
}

interface Place {
  readonly vendor: VendorKey;
  readonly connectionId: string;
  /** The vendor's section as it was submitted. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a picked value was called when it was picked; null for a text that was typed, and for an id that nobody named. */
export function useChoiceWords(): (place: Place, path: string, value: string) => string | null {
  const all: LooseTranslator = useTranslations();
  return useCallback(
    ({ vendor, connectionId, input }, path, value) => {
      if (path === 'customer.country') return countryName(value);
      const naming = namings[vendor][path.replace(/\.\d+(?=\.|$)/g, '')];
      switch (naming?.by) {
        case 'country':
          return countryName(value);
        case 'currency':
          return new Intl.DisplayNames(['en'], { type: 'currency', fallback: 'code' }).of(value) ?? null;
        case 'data-center':
          return dataCenters.find(({ id }) => id === value.trim().toLowerCase())?.region ?? null;
        case 'words': {
          const key = `${vendor}.${naming.group}.${value}`;
          return all.has(key) ? all.markup(key) : null;
        }
        case 'lookup':
          return lookedUpName(connectionId, naming.lookup, value);
        case 'field': {
          const name = input[naming.field];
          return typeof name === 'string' && name !== '' ? name : null;
        }
        default:
          return null;
      }
    },
    [all],
  );
}

/** Fields that only name another one: they are shown with it. */
export const namingFields: readonly string[] = ['parentName', 'parentLevel'];
