import { actorHandler } from '@/lib/pages/actor-handler';
import { getVendorPartner } from '@/lib/vendor-partners/read-partners';
import { vendorAnswer } from '@/lib/vendor-partners/vendor-answer';

/** One partner at a vendor with the way to it; `top` is the uppermost within reach. */
export const GET = actorHandler(
  '/api/connections/[connectionId]/partners/[vendorPartnerId]',
  async ({ actor, params, search }) => {
    const { connectionId = '', vendorPartnerId = '' } = params;
    const asked = vendorPartnerId === 'top' ? null : vendorPartnerId.slice(0, 255);
    return vendorAnswer(() =>
      getVendorPartner(actor, { connectionId, partnerId: search.get('partner'), vendorPartnerId: asked }),
    );
  },
);
