/** The five things a connection test checks, in the order in which it comes to them. Client-safe. */
export const failedParts = ['network', 'tls', 'credentials', 'permission', 'contract'] as const;

/** Which of the five failed. */
export type FailedPart = (typeof failedParts)[number];
