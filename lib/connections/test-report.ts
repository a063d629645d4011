import { z } from 'zod';
import { vendorProblemSchema } from '../vendors/problem-schema';
import type { VendorProblem } from '../vendors/vendor';
import { type FailedPart, failedParts } from './failed-parts';

/** What a connection test found. Only the type goes to the browser; the schema reads it back from the database. */
export type TestReport =
  | { readonly ok: true; readonly seen: string }
  | { readonly ok: false; readonly failed: FailedPart; readonly problem: VendorProblem };

export const testReportSchema: z.ZodType<TestReport> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), seen: z.string() }),
  z.object({ ok: z.literal(false), failed: z.enum(failedParts), problem: vendorProblemSchema }),
]);
