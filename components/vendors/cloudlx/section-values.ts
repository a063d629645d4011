import type { CloudlxInput } from '@/lib/vendors/cloudlx/input';

/** Values of the section's form: below the connection's id, so that two connections of this vendor do not share fields. */
export type SectionValues = Record<string, CloudlxInput>;
