import { z } from 'zod';

/** Services that are kept of one look-up at most. */
export const mostSeen = 20;

/**
 * What a look-up saw of a service that an attempt may have added: what the vendor says of each of the same product, and how
 * many of them there were when the plan was made (null: nobody could look). Evidence for a person.
 */
export const seenServicesSchema = z.object({
  there: z.array(z.record(z.string(), z.string())).readonly(),
  before: z.number().nullable(),
});
export type SeenServices = Readonly<z.infer<typeof seenServicesSchema>>;
