import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Name } from '@/components/attempts/name';
import { Moment } from '@/components/display/moment';
import { type Column, DataTable } from '@/components/table/data-table';
import { countryName } from '@/lib/customers/country-name';
import type { CustomerRow } from '@/lib/customers/customer-row';
import classes from './customers.module.css';

interface Props {
  rows: readonly CustomerRow[];
  /** The actor's IANA zone. */
  timeZone: string;
  empty: ReactNode;
}

/** A list of customers: each row leads to its record. */
export function CustomerTable({ rows, timeZone, empty }: Props) {
  const t = useTranslations('customers');
  const vendorName = useTranslations('onboarding.vendor');
  const columns: readonly Column[] = [
    { key: 'name', header: t('column.name'), width: '36%' },
    { key: 'country', header: t('column.country') },
    { key: 'city', header: t('column.city'), hideBelow: 'md' },
    { key: 'partner', header: t('column.partner') },
    { key: 'vendors', header: t('column.vendors') },
    { key: 'created', header: t('column.created'), nowrap: true, hideBelow: 'sm' },
  ];
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      empty={empty}
      rows={rows.map((row) => ({
        id: row.id,
        href: `/customers/${row.id}`,
        cells: {
          name: <Name text={row.name} />,
          country: countryName(row.country),
          city: <Name text={row.city} />,
          partner: <Name text={row.partnerName} />,
          vendors:
            row.vendors.length === 0 ? (
              <span className={classes.dimmed}>{t('notAboard')}</span>
            ) : (
              row.vendors.map((vendor) => vendorName(vendor)).join(', ')
            ),
          created: <Moment at={row.createdAt} timeZone={timeZone} focusable={false} />,
        },
      }))}
    />
  );
}
