import type { VendorPartnersPage } from '@/lib/vendor-partners/partner-view';

/** The form of a partner below one at the vendor. */
export function newHref(
  { connectionId, partnerId }: Pick<VendorPartnersPage, 'connectionId' | 'partnerId'>,
  parent: string | null,
): string {
  const query = new URLSearchParams({ ...(parent === null ? {} : { parent }), partner: partnerId });
  return `/connections/${connectionId}/partners/new?${query}`;
}
