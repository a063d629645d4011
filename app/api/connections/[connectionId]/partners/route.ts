import { z } from 'zod';
import { NotFound } from '@/lib/errors';
import { actorHandler } from '@/lib/pages/actor-handler';
import { listVendorPartners } from '@/lib/vendor-partners/read-partners';
import { vendorAnswer } from '@/lib/vendor-partners/vendor-answer';

const querySchema = z.object({
  partner: z.uuid().optional(),
  parent: z.string().min(1).max(255).optional(),
  search: z.string().max(255).default(''),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
});

/** A page of the partners at a vendor, right below one, or found by name or reference. */
export const GET = actorHandler('/api/connections/[connectionId]/partners', async ({ actor, params, search }) => {
  const query = querySchema.safeParse(Object.fromEntries(search));
  if (!query.success) throw new NotFound();
  const { partner, parent, ...rest } = query.data;
  const connectionId = params.connectionId ?? '';
  return vendorAnswer(() =>
    listVendorPartners(actor, { ...rest, connectionId, partnerId: partner ?? null, parent: parent ?? null }),
  );
});
