import type { AvepointInput } from '@/lib/vendors/avepoint/input';

/** The section's fields, below the id of the connection. The password is none of them: it must not reach a draft. */
export type SectionValues = Record<string, AvepointInput>;
