import { type CoveInput, coveInputSchema, emptyCoveInput } from '@/lib/vendors/cove/input';
import type { Json } from '@/lib/vendors/vendor';

/** What an earlier state of Cove's section says, as far as it can be read. */
export function toInput(initial: Json): CoveInput {
  const parsed = coveInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyCoveInput;
}
