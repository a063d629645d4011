import * as z from 'zod/mini';

/**
 * Cloud Cockpit's section of the form of a reseller. Client-safe. Company and contact are the shared facts: nobody but this
 * vendor gets them here, so nothing overrides them.
 */

const text = () => z._default(z.string().check(z.maxLength(2000)), '');

export const resellerInputSchema = z.object({
  /** Sent only if typed: nothing public says that the vendor honours it. */
  id: text(),
  /** Empty: our correlation id, which makes the reseller findable without doubt. */
  internalIdentifier: text(),
});
export type ResellerInput = z.infer<typeof resellerInputSchema>;

/** The section as it opens. */
export const emptyResellerInput: ResellerInput = resellerInputSchema.parse({});
