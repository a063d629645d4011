import type { CustomerFacts, Json, LintFinding } from '../../vendor';
import type { PartnerContext } from '../../vendor-partners';
import { emptyCloudCockpitInput } from '../input';
import { lintCloudCockpit } from '../lint';
import { resellerInputSchema } from './input';

/**
 * Cloud Cockpit's rules about a reseller: those about a customer's company, contact and identifiers (vendor-apis.md 2.5, 2.8).
 * Client-safe and pure.
 */
export function lintReseller(facts: CustomerFacts, input: Json, context: PartnerContext): readonly LintFinding[] {
  const parsed = resellerInputSchema.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'internalIdentifier';
    return [{ level: 'error', field, message: 'cloud-cockpit.not-a-value', params: {} }];
  }
  // A reseller has no middle name, so there is nothing to say about one.
  const company = { ...facts, middleName: '' };
  return lintCloudCockpit(company, { ...emptyCloudCockpitInput, ...parsed.data }, { ...context, mappingId: null });
}
