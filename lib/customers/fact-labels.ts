import type { FactName } from './changed-facts';
import { emptyCustomerFacts } from './customer-facts';

/** What each fact is called, by its name. */
export function toFactLabels(
  names: readonly FactName[],
  nameOf: (name: FactName) => string,
): Readonly<Record<FactName, string>> {
  return { ...emptyCustomerFacts, ...Object.fromEntries(names.map((name) => [name, nameOf(name)])) };
}
