import 'server-only';
import { VendorError } from '../vendors/http/vendor-error';

/**
 * What was read at a vendor, as JSON. A vendor that fails is 502 with the kind and a key below `vendor-errors`, and nothing
 * that came from the vendor.
 */
export async function vendorAnswer(read: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await read());
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { kind, message, params, retryable } = error.problem;
    return Response.json({ code: 'vendor', kind, message, params, retryable }, { status: 502 });
  }
}
