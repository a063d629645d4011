/** The name of the unique index that a statement ran into, or null for any other failure. */
export function uniqueViolation(error: unknown): string | null {
  const text = error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : '';
  if (!/23505|P2002|unique constraint/i.test(text)) return null;
  return /attempt_one_open|attempt_one_retry|onboarding_pkey|draft_pkey/.exec(text)?.[0] ?? 'unknown';
}
