import * as z from 'zod/mini';
import { customerFactsSchema } from '../customers/customer-facts';

/** What the form of a new customer plans and submits. Client-safe; the server parses it again, and each vendor its own part. */

const uuid = z.uuid();

/** Most services that one customer is given at one vendor in one form. */
export const mostServices = 10;

/** A service that the customer gets once it is there. */
const serviceSchema = z.strictObject({
  /** The vendor's form of a service; parsed by the vendor. */
  input: z.record(z.string(), z.unknown()),
  /** The refused attempt that this one retries. */
  retryOf: z.nullable(uuid),
});

/** A person's answer to a duplicate: adopt that one, or create all the same. */
const decisionSchema = z.nullable(
  z.union([
    z.strictObject({ kind: z.literal('adopt'), vendorId: z.string().check(z.minLength(1), z.maxLength(255)) }),
    z.strictObject({ kind: z.literal('create-anyway') }),
  ]),
);

export const submissionSchema = z.strictObject({
  /** Minted when the form opens; the key at the vendors, in the record's address, in every log line. */
  correlationId: uuid,
  /** Whose customer it is. */
  partnerId: uuid,
  /** An existing customer (adding a vendor, or a retry), or null for a new one. */
  customerId: z.nullable(uuid),
  facts: customerFactsSchema,
  vendors: z
    .array(
      z.strictObject({
        connectionId: uuid,
        /** The vendor's own section; parsed by the vendor. */
        input: z.record(z.string(), z.unknown()),
        /** Initial secrets, typed or generated: sealed apart from everything else, never hashed, drafted or shown. */
        secrets: z.optional(z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(1000)))),
        decision: decisionSchema,
        /** The refused attempt that this one retries. */
        retryOf: z.nullable(uuid),
        /** Services for the customer at this vendor, each product once. */
        services: z.optional(z.array(serviceSchema).check(z.maxLength(mostServices))),
      }),
    )
    .check(z.minLength(1, 'Choose at least one vendor.'), z.maxLength(20)),
});

export type Submission = z.infer<typeof submissionSchema>;
/** A submission without its initial secrets: what is hashed, compared and kept. Pure. */
export function withoutSecrets(submission: Submission): Submission {
  return { ...submission, vendors: submission.vendors.map(({ secrets: _, ...vendor }) => vendor) };
}

export type Decision = z.infer<typeof decisionSchema>;
