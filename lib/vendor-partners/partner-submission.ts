import * as z from 'zod/mini';
import { customerFactsSchema } from '../customers/customer-facts';

/** What the form of a partner at a vendor plans and submits. Client-safe; the server parses it again, and the vendor its own part. */

const uuid = z.uuid();
const vendorId = z.string().check(z.minLength(1), z.maxLength(255));

export const partnerSubmissionSchema = z.strictObject({
  /** Minted when the form opens: our key at the vendor, the record's address, and our word in every log line. */
  correlationId: uuid,
  connectionId: uuid,
  /** Partner of ours for whom it is added: its mapping is the boundary. */
  partnerId: uuid,
  /** Partner at the vendor that the new one goes below; null for the uppermost within reach. */
  parentId: z.nullable(vendorId),
  facts: customerFactsSchema,
  /** The vendor's section; parsed by the vendor. */
  input: z.record(z.string(), z.unknown()),
  /** Partner of ours that the new one is mapped to as soon as it is there. */
  mapTo: z.nullable(uuid),
  /** A person's word that it is to be sent, although one of this name is there, or nobody could look. */
  anyway: z.boolean(),
  /** The refused attempt that this one retries. */
  retryOf: z.nullable(uuid),
});
export type PartnerSubmission = z.infer<typeof partnerSubmissionSchema>;
