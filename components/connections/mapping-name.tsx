import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { MappingRow } from '@/lib/connections/connection-view';
import classes from './connections.module.css';

interface Props {
  row: Pick<MappingRow, 'externalName' | 'nameRead'>;
  vendor: string;
  /** The vendor is being asked right now. */
  reading: boolean;
}

/** What a mapping is called at the vendor, or why that is not known. */
export function MappingName({ row, vendor, reading }: Props) {
  const t = useTranslations('connections.mappings');
  if (row.externalName !== '') return row.externalName;
  if (row.nameRead) {
    return (
      <span className={classes.amber}>
        <IconAlertTriangle size={14} aria-hidden /> {t('absent', { vendor })}
      </span>
    );
  }
  return <span className={classes.quiet}>{reading ? t('reading', { vendor }) : t('unread', { vendor })}</span>;
}
