import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { KeyValueList } from '@/components/display/key-value-list';
import { Moment } from '@/components/display/moment';
import type { AuditRow } from '@/lib/audit/audit-row';
import classes from './audit.module.css';
import { subjectHref } from './subject-href';

interface Props {
  row: AuditRow;
  sentence: string;
  /** The actor's IANA zone. */
  timeZone: string;
}

/** An entry in words, and below it, when opened, everything it holds. Opens without script. */
export function EntryDetail({ row, sentence, timeZone }: Props) {
  const t = useTranslations('audit');
  const href = subjectHref(row);
  const subject = `${t(`subject.${row.subjectKind}`)} ${row.subjectId}`;
  const facts = [
    { label: t('fact.at'), value: <Moment at={row.at} timeZone={timeZone} style="exact" /> },
    { label: t('fact.code'), value: <code>{row.action}</code> },
    {
      label: t('fact.subject'),
      value:
        href === null ? (
          <code>{subject}</code>
        ) : (
          <Link href={href} className="mono">
            {subject}
          </Link>
        ),
    },
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
      <summary>
        <bdi>{sentence}</bdi>
      </summary>
      <KeyValueList items={facts} />
    </details>
  );
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
