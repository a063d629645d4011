import type { FilterOption } from '@/components/table/filter-definition';
import type { Choice } from '@/lib/lists/choices';
import type { PartnerChoice } from '@/lib/partners/list-partners';

/** What a filter offers, as the filter bar takes it. */
export function toOptions(choices: readonly Choice[], unnamed: string): readonly FilterOption[] {
  return choices.map(({ id, name }) => ({ value: id, label: name ?? unnamed }));
}

/** Partners in the order of the tree. */
export function toPartnerOptions(partners: readonly PartnerChoice[]): readonly FilterOption[] {
  return partners.map(({ partnerId, name }) => ({
    value: partnerId,
    label: name,
  }));
}
