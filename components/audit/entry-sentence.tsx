import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type AuditPlace, type AuditRow, auditPlaces } from '@/lib/audit/audit-row';
import { sentenceValues } from '@/lib/audit/sentence';
import { Link } from '../display/link';

/** An entry as a sentence; what has a page that the reader may open is a link. */
export function EntrySentence({ row }: { row: AuditRow }) {
  const words = useTranslations();
  const shown = (place: AuditPlace) => (text: ReactNode) => {
    const href = row.named[place]?.href ?? null;
    return href === null ? (
      <bdi key={place}>{text}</bdi>
    ) : (
      <Link key={place} href={href}>
        <bdi>{text}</bdi>
      </Link>
    );
  };
  const objects = Object.fromEntries(auditPlaces.map((place) => [place, shown(place)]));
  return <bdi>{words.rich(`audit.sentence.${row.action}`, { ...sentenceValues(row, words), ...objects })}</bdi>;
}
