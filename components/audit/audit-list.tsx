import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Name } from '@/components/attempts/name';
import { Moment } from '@/components/display/moment';
import { DataTable } from '@/components/table/data-table';
import type { AuditRow } from '@/lib/audit/audit-row';
import { EntryDetail } from './entry-detail';
import { EntrySentence } from './entry-sentence';

interface Props {
  rows: readonly AuditRow[];
  /** The actor's IANA zone. */
  timeZone: string;
  empty: ReactNode;
}

/** A list of audit entries: each is a sentence, its codes and ids one click away. */
export function AuditList({ rows, timeZone, empty }: Props) {
  const t = useTranslations('audit');
  return (
    <DataTable
      caption={t('caption')}
      columns={[
        { key: 'when', header: t('column.when'), nowrap: true, width: '112px' },
        { key: 'what', header: t('column.what'), wide: true },
        { key: 'partner', header: t('column.partner'), hideBelow: 'md', width: '18%' },
      ]}
      empty={empty}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          when: <Moment at={row.at} timeZone={timeZone} />,
          what: (
            <>
              <EntrySentence row={row} />
              <EntryDetail row={row} timeZone={timeZone} />
            </>
          ),
          partner: <Name text={row.partnerName} />,
        },
      }))}
    />
  );
}
