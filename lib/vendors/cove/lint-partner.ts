import type { CustomerFacts, Json, LintFinding } from '../vendor';
import type { PartnerContext } from '../vendor-partners';
import { coveInputSchema } from './input';
import { lintCove } from './lint';

/** States of a parent that allow new partners below it (error 2104 is the answer to the others). */
const fertileStates: readonly string[] = ['InProduction', 'InTrial'];

/**
 * Cove's rules about a partner: those about a customer, which is the same there, and what its parent allows. Client-safe
 * and pure.
 */
export function lintCovePartner(facts: CustomerFacts, input: Json, context: PartnerContext): readonly LintFinding[] {
  const findings = lintCove(facts, input, context);
  const parsed = coveInputSchema.safeParse(input);
  const { parent } = context;
  if (!parsed.success || parent === null) return findings;
  return [...findings, ...lintGiven(parsed.data, parent), ...lintState(parent)];
}

type Parent = NonNullable<PartnerContext['parent']>;

function lintGiven(
  { serviceType, childServiceTypes }: { readonly serviceType: string; readonly childServiceTypes: readonly string[] },
  { name, gives }: Parent,
): LintFinding[] {
  if (gives === null) return [];
  const notGiven = (field: string): LintFinding => ({
    level: 'error',
    field,
    message: 'cove.service-not-given',
    params: { parent: name },
  });
  return [
    ...(serviceType === '' || gives.includes(serviceType) ? [] : [notGiven('serviceType')]),
    ...(childServiceTypes.every((type) => gives.includes(type)) ? [] : [notGiven('childServiceTypes')]),
  ];
}

function lintState({ name, state }: Parent): LintFinding[] {
  if (state === null || fertileStates.includes(state)) return [];
  return [{ level: 'error', field: 'parentId', message: 'cove.parent-state', params: { parent: name, state } }];
}
