import type { useTranslations } from 'next-intl';
import { toOptions, toPartnerOptions } from '@/components/attempts/filter-options';
import type { FilterDefinition } from '@/components/table/filter-definition';
import { auditActions } from '@/lib/audit/audit-actions';
import type { AuditPage } from '@/lib/audit/audit-page';

/** The filters of the audit. */
export function auditFilters(
  data: Pick<AuditPage, 'actors' | 'partners'>,
  t: ReturnType<typeof useTranslations<'audit'>>,
): readonly FilterDefinition[] {
  const actions = auditActions
    .map((value) => ({ value, label: t(`action.${value}`) }))
    .sort((left, right) => left.label.localeCompare(right.label, 'en'));
  return [
    { kind: 'options', key: 'action', label: t('filter.action'), options: actions },
    { kind: 'options', key: 'actor', label: t('filter.actor'), options: toOptions(data.actors, t('filter.unnamed')) },
    { kind: 'options', key: 'partner', label: t('filter.partner'), options: toPartnerOptions(data.partners) },
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
