import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Name } from '@/components/attempts/name';
import { TwoLines } from '@/components/attempts/two-lines';
import { CopyableId } from '@/components/display/copyable-id';
import { Moment } from '@/components/display/moment';
import { type Column, DataTable } from '@/components/table/data-table';
import type { OnboardingRow } from '@/lib/onboarding/onboarding-row';
import { StateCounts } from './state-counts';

interface Props {
  rows: readonly OnboardingRow[];
  /** The actor's IANA zone. */
  timeZone: string;
  /** Where every row is of the same customer, the name would say nothing. */
  withCustomer?: boolean;
  empty?: ReactNode;
}

/** A list of onboardings: each row leads to its record. */
export function OnboardingTable({ rows, timeZone, withCustomer = true, empty }: Props) {
  const t = useTranslations('overview.onboardings');
  const columns: readonly Column[] = [
    ...(withCustomer ? [{ key: 'customer', header: t('customer'), width: '28%' }] : []),
    { key: 'when', header: t('when'), nowrap: true },
    { key: 'counts', header: t('counts') },
    ...(withCustomer ? [{ key: 'partner', header: t('partner'), hideBelow: 'md' as const }] : []),
    { key: 'who', header: t('who') },
    { key: 'correlation', header: t('correlation'), nowrap: true, hideBelow: 'sm' as const },
  ];
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      empty={empty}
      linkColumn={withCustomer ? 'customer' : 'when'}
      rows={rows.map((row) => ({
        id: row.id,
        href: `/onboardings/${row.correlationId}`,
        marked: row.counts.unknown > 0 ? 'unknown' : null,
        cells: {
          customer: <Name text={row.customerName} />,
          when: <Moment at={row.openedAt} timeZone={timeZone} focusable={false} />,
          counts: <StateCounts counts={row.counts} />,
          partner: <Name text={row.partnerName} />,
          who: <TwoLines first={row.actorName} second={row.actorPartner} />,
          correlation: <CopyableId id={row.correlationId} label={t('correlation')} />,
        },
      }))}
    />
  );
}
