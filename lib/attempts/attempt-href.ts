/** The address of an attempt: the record of its onboarding, with the attempt chosen. Client-safe. */
export function attemptHref({ correlationId, attemptId }: { correlationId: string; attemptId: string }): string {
  return `/onboardings/${correlationId}?attempt=${attemptId}`;
}
