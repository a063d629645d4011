import { z } from 'zod';
import { type VendorProblem, type VendorRemark, vendorErrorKinds } from './vendor';

/** A stored problem, parsed when it comes back from the database. */
export const vendorProblemSchema: z.ZodType<VendorProblem> = z.object({
  kind: z.enum(vendorErrorKinds),
  effect: z.enum(['none', 'unknown', 'earlier']),
  status: z.number().nullable(),
  message: z.string(),
  params: z.record(z.string(), z.string()),
  fieldErrors: z.array(
    z.object({ field: z.string().nullable(), vendorField: z.string().nullable(), messages: z.array(z.string()) }),
  ),
  vendorType: z.string().nullable(),
  vendorDescription: z.string().nullable(),
  vendorCorrelationId: z.string().nullable(),
  retryAfterSeconds: z.number().nullable(),
  retryable: z.boolean(),
});

const remarkSchema = z.object({ message: z.string(), params: z.record(z.string(), z.string()) });

/** The outcome of an attempt that succeeded: its remark, or null where there is nothing to remark. */
export const storedRemarkSchema: z.ZodType<VendorRemark | null> = z
  .object({ remark: remarkSchema })
  .transform(({ remark }) => remark)
  .nullable()
  .catch(null);
