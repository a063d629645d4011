import * as z from 'zod/mini';

/** What the form of a service plans and submits. Client-safe; the server parses it again, and the vendor its own part. */

const uuid = z.uuid();

export const serviceSubmissionSchema = z.strictObject({
  /** Minted when the form opens: the record's address, and our word in every log line. */
  correlationId: uuid,
  customerId: uuid,
  connectionId: uuid,
  /** The vendor's form of a service; parsed by the vendor. */
  input: z.record(z.string(), z.unknown()),
  /** A person's word that it is to be sent, although the service is known, or nobody could look. */
  anyway: z.boolean(),
  /** The refused attempt that this one retries. */
  retryOf: z.nullable(uuid),
});
export type ServiceSubmission = z.infer<typeof serviceSubmissionSchema>;

/** Which customer's services are read anew at which connection. */
export const serviceReadingSchema = z.strictObject({ customerId: uuid, connectionId: uuid });
