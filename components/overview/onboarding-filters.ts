import type { useTranslations } from 'next-intl';
import { toOptions, toPartnerOptions } from '@/components/attempts/filter-options';
import type { FilterDefinition } from '@/components/table/filter-definition';
import { attemptStates } from '@/lib/attempts/attempt';
import type { OnboardingsPage } from '@/lib/onboarding/onboardings-page';

/** The filters of the list of onboardings; their words are those of the list of attempts. */
export function onboardingFilters(
  data: Pick<OnboardingsPage, 'actors' | 'customers' | 'partners'>,
  words: {
    readonly t: ReturnType<typeof useTranslations<'attempts.filter'>>;
    readonly state: ReturnType<typeof useTranslations<'display.state'>>;
    readonly hasState: string;
  },
): readonly FilterDefinition[] {
  const { t, state, hasState } = words;
  const unnamed = t('unnamed');
  return [
    {
      kind: 'options',
      key: 'state',
      label: hasState,
      options: attemptStates.map((value) => ({ value, label: state(value) })),
    },
    { kind: 'options', key: 'actor', label: t('actor'), options: toOptions(data.actors, unnamed) },
    { kind: 'options', key: 'partner', label: t('partner'), options: toPartnerOptions(data.partners) },
    ...(data.customers.length === 0
      ? []
      : [
          {
            kind: 'options' as const,
            key: 'customer',
            label: t('customer'),
            options: toOptions(data.customers, unnamed),
          },
        ]),
    {
      kind: 'options',
      key: 'when',
      label: t('when'),
      single: true,
      options: [
        { value: 'today', label: t('today') },
        { value: '7-days', label: t('sevenDays') },
        { value: '30-days', label: t('thirtyDays') },
      ],
    },
    { kind: 'range', key: 'day', label: t('dates') },
  ];
}
