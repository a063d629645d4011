import { vendorErrorKinds } from '../vendors/vendor';

/** Why an attempt was refused or is unknown: words below `attempts.reason`. Client-safe. */
export const reasons = ['never-sent', 'customer-refused', ...vendorErrorKinds] as const;
export type Reason = (typeof reasons)[number];
