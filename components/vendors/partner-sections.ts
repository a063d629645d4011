import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { VendorKey } from '@/lib/vendors/vendor';
import type { PartnerParent } from '@/lib/vendors/vendor-partners';
import type { VendorSectionProps } from './section-props';
import { SectionSkeleton } from './section-skeleton';

/** What a vendor's section of the form of a partner gets: what that of a customer gets, and the parent. */
export interface PartnerSectionProps extends VendorSectionProps {
  /** The partner at the vendor that the new one goes below; null where there is none, or it could not be read. */
  readonly parent: PartnerParent | null;
}

const partnerSections: Partial<Record<VendorKey, ComponentType<PartnerSectionProps>>> = {
  'cloud-cockpit': dynamic(
    () => import('./cloud-cockpit/partner-section').then((module) => module.CloudCockpitPartnerSection),
    { loading: SectionSkeleton },
  ),
  cove: dynamic(() => import('./cove/partner-section').then((module) => module.CovePartnerSection), {
    loading: SectionSkeleton,
  }),
};

/** The section of a vendor in the form of a partner; null for a vendor without partners. */
export function partnerSection(vendor: VendorKey): ComponentType<PartnerSectionProps> | null {
  return partnerSections[vendor] ?? null;
}
