import type { CoveInput } from '@/lib/vendors/cove/input';

/** Values of the section's form: below the connection's id, so that two connections of this vendor do not share fields. */
export type SectionValues = Record<string, CoveInput>;
