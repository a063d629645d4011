import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { buttonStyle } from '../display/button-style';

/** Downloads what the current filters show. The address carries the same parameters as the list. */
export function ExportLink({ href, children }: { href: string; children?: string }) {
  const t = useTranslations('display.export');
  return (
    // A plain anchor: the answer is a file, not a page.
    <a href={href} download className={buttonStyle('default', 'md')} title={t('title')}>
      <IconDownload size={16} aria-hidden />
      <span>{children ?? t('label')}</span>
    </a>
  );
}
