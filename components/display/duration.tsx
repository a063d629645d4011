import { useTranslations } from 'next-intl';
import { durationWords } from './duration-words';

/** How long something took; null is a dash. */
export function Duration({ ms }: { ms: number | null }) {
  const t = useTranslations('display.duration');
  return (
    <span className="mono" style={{ whiteSpace: 'nowrap' }}>
      {ms === null ? t('none') : durationWords(ms)}
    </span>
  );
}
