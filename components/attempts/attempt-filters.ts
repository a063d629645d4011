import type { useTranslations } from 'next-intl';
import type { FilterDefinition } from '@/components/table/filter-definition';
import { attemptStates, operations } from '@/lib/attempts/attempt';
import type { AttemptsPage } from '@/lib/attempts/attempts-page';
import { vendorKeys } from '@/lib/vendors/vendor';
import { toOptions, toPartnerOptions } from './filter-options';

type Words = ReturnType<typeof useTranslations<'attempts'>>;
type StateWords = ReturnType<typeof useTranslations<'display.state'>>;
type VendorWords = ReturnType<typeof useTranslations<'onboarding.vendor'>>;

/** The filters of the list of attempts. */
export function attemptFilters(
  data: Pick<AttemptsPage, 'connections' | 'actors' | 'customers' | 'partners'>,
  { t, state, vendor }: { readonly t: Words; readonly state: StateWords; readonly vendor: VendorWords },
): readonly FilterDefinition[] {
  const unnamed = t('filter.unnamed');
  return [
    {
      kind: 'options',
      key: 'state',
      label: t('filter.state'),
      options: attemptStates.map((value) => ({ value, label: state(value) })),
    },
    {
      kind: 'options',
      key: 'needs',
      label: t('filter.needs'),
      options: [{ value: 'somebody', label: t('filter.needsSomebody') }],
    },
    {
      kind: 'options',
      key: 'vendor',
      label: t('filter.vendor'),
      options: vendorKeys.map((value) => ({ value, label: vendor(value) })),
    },
    {
      kind: 'options',
      key: 'connection',
      label: t('filter.connection'),
      options: toOptions(data.connections, unnamed),
    },
    {
      kind: 'options',
      key: 'operation',
      label: t('filter.operation'),
      options: operations.map((value) => ({ value, label: t(`operation.${value}`) })),
    },
    { kind: 'options', key: 'actor', label: t('filter.actor'), options: toOptions(data.actors, unnamed) },
    { kind: 'options', key: 'partner', label: t('filter.partner'), options: toPartnerOptions(data.partners) },
    // Customers are found with the search box; this is the chip of the link that leads here from a customer.
    ...(data.customers.length === 0
      ? []
      : [
          {
            kind: 'options' as const,
            key: 'customer',
            label: t('filter.customer'),
            options: toOptions(data.customers, unnamed),
          },
        ]),
    {
      kind: 'options',
      key: 'when',
      label: t('filter.when'),
      single: true,
      options: [
        { value: 'today', label: t('filter.today') },
        { value: '7-days', label: t('filter.sevenDays') },
        { value: '30-days', label: t('filter.thirtyDays') },
      ],
    },
    { kind: 'range', key: 'day', label: t('filter.dates') },
  ];
}
