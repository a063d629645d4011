import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { VendorKey } from '@/lib/vendors/vendor';
import { SectionSkeleton } from './section-skeleton';

/** What the fields of a service get, whatever the vendor. They stand in a form whose provider is around them. */
export interface ServiceFieldsProps {
  readonly profile: string | null;
  /** Where in the form the service's fields are. */
  readonly at?: string;
  /** Within a part of a form: groups then are no sections of the page. */
  readonly nested?: boolean;
}

/** The fields of a service by vendor, loaded when one is added. */
const fields: Partial<Readonly<Record<VendorKey, ComponentType<ServiceFieldsProps>>>> = {
  avepoint: dynamic(() => import('./avepoint/service-fields').then((module) => module.AvepointServiceFields), {
    loading: SectionSkeleton,
  }),
};

/** The fields of a vendor's services, or null where its customers have none. */
export function serviceFieldsOf(vendor: VendorKey): ComponentType<ServiceFieldsProps> | null {
  return fields[vendor] ?? null;
}
