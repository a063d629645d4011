import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CopyableId } from '@/components/display/copyable-id';
import { Duration } from '@/components/display/duration';
import { durationWords } from '@/components/display/duration-words';
import { Moment } from '@/components/display/moment';
import { StateBadge } from '@/components/display/state-badge';
import { type Column, DataTable } from '@/components/table/data-table';
import { attemptHref } from '@/lib/attempts/attempt-href';
import type { AttemptRow } from '@/lib/attempts/attempt-row';
import { Name } from './name';
import { TwoLines } from './two-lines';

interface Props {
  rows: readonly AttemptRow[];
  /** The actor's IANA zone. */
  timeZone: string;
  empty: ReactNode;
}

/** A list of attempts: each row leads to its record. */
export function AttemptTable({ rows, timeZone, empty }: Props) {
  const t = useTranslations('attempts');
  const vendorName = useTranslations('onboarding.vendor');
  const columns: readonly Column[] = [
    { key: 'outcome', header: t('column.outcome'), width: '12%' },
    { key: 'when', header: t('column.when'), nowrap: true, width: '8%' },
    { key: 'vendor', header: t('column.vendor'), width: '13%' },
    { key: 'operation', header: t('column.operation'), hideBelow: 'lg', nowrap: true },
    { key: 'customer', header: t('column.customer'), width: '19%' },
    { key: 'partner', header: t('column.partner'), hideBelow: 'md', width: '11%' },
    { key: 'who', header: t('column.who'), hideBelow: 'sm', width: '11%' },
    { key: 'took', header: t('column.took'), hideBelow: 'md' },
    { key: 'correlation', header: t('column.correlation'), nowrap: true, hideBelow: 'sm' },
  ];
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      linkColumn="customer"
      empty={empty}
      rows={rows.map((row) => ({
        id: row.id,
        href: attemptHref({ correlationId: row.correlationId, attemptId: row.id }),
        marked: markOf(row),
        cells: {
          outcome: <Outcome row={row} />,
          when: <Moment at={row.openedAt} timeZone={timeZone} focusable={false} />,
          vendor: <TwoLines first={vendorName(row.vendor)} second={row.connectionName} />,
          operation: <TwoLines first={t(`operation.${row.operation}`)} second={row.service} />,
          customer: <Name text={row.customerName} />,
          partner: <Name text={row.partnerName} />,
          who: <TwoLines first={row.actorName} second={row.actorPartner} />,
          took: (
            <TwoLines
              first={<Duration ms={row.tookMs} />}
              second={row.vendorMs === null ? null : t('atVendor', { duration: durationWords(row.vendorMs) })}
            />
          ),
          correlation: <CopyableId id={row.correlationId} label={t('column.correlation')} />,
        },
      }))}
    />
  );
}

/** What waits for a person: a refusal, or what nobody can tell, a success that the vendor contradicts too. */
function markOf({ nextStep, state, reason }: AttemptRow): 'refused' | 'unknown' | null {
  // What was refused with its customer goes along with that one.
  if (nextStep === 'nothing' || nextStep === 'wait' || reason === 'customer-refused') return null;
  return state === 'refused' ? 'refused' : 'unknown';
}

/** How it ended, and why where it did not succeed, or not as asked. */
function Outcome({ row }: { row: AttemptRow }) {
  const t = useTranslations('attempts');
  return <TwoLines first={<StateBadge state={row.state} />} second={whyOf(row, t)} />;
}

function whyOf(row: AttemptRow, t: ReturnType<typeof useTranslations<'attempts'>>): string | null {
  if (row.contradicted) return t('contradicted');
  if (row.reason !== null && row.state !== 'succeeded') return t(`reason.${row.reason}`);
  return row.remarked ? t('remarked') : null;
}
