import { lookUp } from '@/lib/connections/look-up';
import { actorHandler } from '@/lib/pages/actor-handler';
import { VendorError } from '@/lib/vendors/http/vendor-error';

/**
 * The choices of a picker, read from the vendor. A vendor that fails is 502 with the kind and a key below
 * `vendor-errors`, and nothing that came from the vendor.
 */
export const GET = actorHandler('/api/connections/[connectionId]/lookups/[name]', async ({ actor, params, search }) => {
  const query = {
    connectionId: params.connectionId ?? '',
    name: params.name ?? '',
    search: (search.get('search') ?? '').slice(0, 255),
    parent: search.get('parent')?.slice(0, 255) ?? null,
    partnerId: search.get('partner'),
  };
  try {
    return Response.json(await lookUp(actor, query));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { kind, message, params: words, retryable } = error.problem;
    return Response.json({ code: 'vendor', kind, message, params: words, retryable }, { status: 502 });
  }
});
