/**
 * Intents that were submitted from this tab. The browser's back button shows the form again as it was; it has to know
 * that it is over. Ids only, in memory only.
 */
const submitted = new Set<string>();

export function markSubmitted(correlationId: string): void {
  submitted.add(correlationId);
}

export function wasSubmitted(correlationId: string): boolean {
  return submitted.has(correlationId);
}
