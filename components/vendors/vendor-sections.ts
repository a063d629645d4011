import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { CatalogVendor } from '@/lib/vendors/catalog';
import type { VendorKey } from '@/lib/vendors/vendor';
import type { VendorSectionProps } from './section-props';
import { SectionSkeleton } from './section-skeleton';

/** Each vendor's section of the form, loaded when a connection of that vendor is chosen. */
const vendorSections: Readonly<Record<CatalogVendor, ComponentType<VendorSectionProps>>> = {
  'cloud-cockpit': dynamic(() => import('./cloud-cockpit/section').then((module) => module.CloudCockpitSection), {
    loading: SectionSkeleton,
  }),
  cove: dynamic(() => import('./cove/section').then((module) => module.CoveSection), {
    loading: SectionSkeleton,
  }),
  cloudlx: dynamic(() => import('./cloudlx/section').then((module) => module.CloudlxSection), {
    loading: SectionSkeleton,
  }),
  avepoint: dynamic(() => import('./avepoint/section').then((module) => module.AvepointSection), {
    loading: SectionSkeleton,
  }),
};

/** The section of a vendor, or null for one that is not in the catalogue yet. */
export function vendorSection(vendor: VendorKey): ComponentType<VendorSectionProps> | null {
  const sections: Partial<Record<VendorKey, ComponentType<VendorSectionProps>>> = vendorSections;
  return sections[vendor] ?? null;
}
