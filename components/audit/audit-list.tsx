import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Name } from '@/components/attempts/name';
import { TwoLines } from '@/components/attempts/two-lines';
import { Moment } from '@/components/display/moment';
import { DataTable } from '@/components/table/data-table';
import type { AuditRow } from '@/lib/audit/audit-row';
import { EntryDetail } from './entry-detail';
import { toSentenceValues } from './sentence-values';

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
        { key: 'who', header: t('column.who'), width: '24%' },
        { key: 'what', header: t('column.what'), wide: true },
        { key: 'partner', header: t('column.partner'), hideBelow: 'md', width: '18%' },
      ]}
      empty={empty}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          when: <Moment at={row.at} timeZone={timeZone} />,
          who: <TwoLines first={row.actorName === '' ? t('nobody') : row.actorName} second={roleOf(row, t)} />,
          what: (
            <EntryDetail row={row} timeZone={timeZone} sentence={t(`sentence.${row.action}`, toSentenceValues(row))} />
          ),
          partner: <Name text={row.partnerName} />,
        },
      }))}
    />
  );
}

/** As what somebody acted. Somebody who signs in has no role yet; what nobody did, the system did. */
function roleOf({ actorId, actorRole, actorPartner }: AuditRow, t: ReturnType<typeof useTranslations<'audit'>>) {
  if (actorRole === '' || (actorId !== null && actorRole === 'system')) return null;
  return t('roleAt', { role: actorRole, partner: actorPartner === '' ? 'none' : actorPartner });
}
