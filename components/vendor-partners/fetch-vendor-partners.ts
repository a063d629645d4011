import * as z from 'zod/mini';
import { LookupFailed, readFromVendor } from '@/components/connections/fetch-lookup';
import type { VendorPartnerList, VendorPartnerRecord } from '@/lib/vendor-partners/partner-view';

const row = {
  vendorId: z.string(),
  name: z.string(),
  level: z.string(),
  state: z.nullable(z.string()),
  key: z.nullable(z.string()),
  children: z.number(),
  mappedTo: z.nullable(z.string()),
};

const listSchema = z.object({
  rows: z.array(z.nullable(z.object(row))),
  total: z.nullable(z.number()),
  more: z.boolean(),
  readAt: z.string(),
});

const recordSchema = z.object({
  ...row,
  gives: z.nullable(z.array(z.string())),
  facts: z.record(z.string(), z.string()),
  path: z.array(z.object({ vendorId: z.string(), name: z.string(), level: z.string() })),
  readAt: z.string(),
});

/** Over which connection partners are read, and for whom. */
export interface VendorPartnersAt {
  readonly connectionId: string;
  readonly partnerId: string;
}

function parsed<T>(answer: { readonly success: true; readonly data: T } | { readonly success: false }): T {
  if (!answer.success) throw new LookupFailed('unexpected', undefined, {});
  return answer.data;
}

/** A page of the partners right below one, or what a search finds. Throws LookupFailed. */
export async function fetchVendorPartners(
  { connectionId, partnerId }: VendorPartnersAt,
  asked: { readonly parent: string | null; readonly search: string; readonly offset: number },
  signal?: AbortSignal,
): Promise<VendorPartnerList> {
  const query = new URLSearchParams({
    partner: partnerId,
    search: asked.search,
    offset: String(asked.offset),
    ...(asked.parent === null ? {} : { parent: asked.parent }),
  });
  return parsed(
    listSchema.safeParse(await readFromVendor(`/api/connections/${connectionId}/partners?${query}`, signal)),
  );
}

/** One partner; without an id the uppermost within reach. Throws LookupFailed. */
export async function fetchVendorPartner(
  { connectionId, partnerId }: VendorPartnersAt,
  vendorId: string | null,
  signal?: AbortSignal,
): Promise<VendorPartnerRecord> {
  const which = vendorId === null ? 'top' : encodeURIComponent(vendorId);
  const query = new URLSearchParams({ partner: partnerId });
  const address = `/api/connections/${connectionId}/partners/${which}?${query}`;
  return parsed(recordSchema.safeParse(await readFromVendor(address, signal)));
}
