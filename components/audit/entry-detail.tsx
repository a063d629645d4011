import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { KeyValueList } from '@/components/display/key-value-list';
import { Moment } from '@/components/display/moment';
import type { AuditRow } from '@/lib/audit/audit-row';
import classes from './audit.module.css';

interface Props {
  row: AuditRow;
  /** The actor's IANA zone. */
  timeZone: string;
}

/** Everything that an entry holds, codes and ids included, behind one line. Opens without script. */
export function EntryDetail({ row, timeZone }: Props) {
  const t = useTranslations('audit');
  const as = roleOf(row, t);
  const facts = [
    { label: t('fact.at'), value: <Moment at={row.at} timeZone={timeZone} style="exact" /> },
    { label: t('fact.code'), value: <code>{row.action}</code> },
    { label: t('fact.subject'), value: <code>{`${t(`subject.${row.subjectKind}`)} ${row.subjectId}`}</code> },
    ...(row.correlationId === null
      ? []
      : [
          {
            label: t('fact.correlation'),
            value: <CopyableId id={row.correlationId} label={t('fact.correlation')} shorten={false} />,
          },
        ]),
    ...(row.actorId === null
      ? []
      : [{ label: t('fact.actor'), value: <CopyableId id={row.actorId} label={t('fact.actor')} shorten={false} /> }]),
    ...Object.entries(row.detail).map(([label, value]) => ({ label, value: <code>{toText(value)}</code> })),
    { label: t('fact.entry'), value: t('fact.seq', { seq: row.seq, partner: row.partnerName }) },
    { label: t('fact.hash'), value: <CopyableId id={row.hash} label={t('fact.hash')} shorten={false} /> },
  ];
  return (
    <details className={classes.entry}>
      <summary>{as === null ? t('details') : t('detailsOf', { role: as })}</summary>
      <KeyValueList items={facts} />
    </details>
  );
}

/** As what somebody acted. Somebody who signs in has no role yet; what nobody did, the system did. */
function roleOf({ actorId, actorRole, actorPartner }: AuditRow, t: ReturnType<typeof useTranslations<'audit'>>) {
  if (actorRole === '' || actorRole === 'system')
    return actorId === null ? t('roleAt', { role: 'system', partner: 'none' }) : null;
  return t('roleAt', { role: actorRole, partner: actorPartner === '' ? 'none' : actorPartner });
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
