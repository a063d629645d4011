import type { Json, LintFinding } from '../vendors/vendor';
import type { ServiceRules } from '../vendors/vendor-services';

/**
 * The vendor's rules about services that a customer is to get with its coming, and ours that each product stands there once.
 * Pure and client-safe.
 * @returns for each service its findings; fields are `services.<index>.<field>`
 */
export function lintServices(
  rules: ServiceRules,
  inputs: readonly Json[],
  about: { readonly profile: string | null; readonly now: Date },
): readonly (readonly LintFinding[])[] {
  const names = inputs.map((input) => rules.productName(input));
  return inputs.map((input, index) => {
    const at = (field: string) => field.replace(/^service\./, `services.${index}.`);
    const found = rules.lint(input, { ...about, known: [] }).map((one) => ({ ...one, field: at(one.field) }));
    const name = names[index] ?? null;
    if (name === null || names.indexOf(name) === index) return found;
    const twice = {
      level: 'error',
      field: at('service.product'),
      message: 'service-twice',
      params: { product: name },
    } as const;
    return [twice, ...found];
  });
}
