import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../display/button-link';
import classes from './keyset-pager.module.css';

/** Newer and older; a side without rows is null. There is no count and no last page: lists are read by key. */
export function KeysetPager({ newerHref, olderHref }: { newerHref: string | null; olderHref: string | null }) {
  const t = useTranslations('display.pager');
  if (newerHref === null && olderHref === null) return null;
  return (
    <nav aria-label={t('label')} className={classes.pager}>
      {newerHref !== null && (
        <ButtonLink href={newerHref} size="sm" icon={<IconChevronLeft size={16} aria-hidden />}>
          {t('newer')}
        </ButtonLink>
      )}
      {olderHref !== null && (
        <ButtonLink href={olderHref} size="sm" icon={<IconChevronRight size={16} aria-hidden />}>
          {t('older')}
        </ButtonLink>
      )}
    </nav>
  );
}
