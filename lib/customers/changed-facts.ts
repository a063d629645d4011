import type { CustomerFacts } from '../vendors/vendor';
import { emptyCustomerFacts } from './customer-facts';

/** The shared facts in the order of the form. */
export const factNames = Object.keys(emptyCustomerFacts).filter((name) => isFactName(name));
export type FactName = keyof CustomerFacts;

function isFactName(name: string): name is FactName {
  return name in emptyCustomerFacts;
}

/** The names of the facts that differ. Client-safe. */
export function changedFacts(before: CustomerFacts, after: CustomerFacts): readonly FactName[] {
  return factNames.filter((name) => before[name] !== after[name]);
}
