'use client';

import { IconArrowUp } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { announce } from '@/components/display/announce';
import classes from './newer-banner.module.css';
import { useNewer } from './use-newer';

interface Props {
  /** The list's filters, as in its URL. */
  query: string;
  /** Id of the first row shown, or null. */
  since: string | null;
}

const most = 99;

/** Says that newer attempts have come, above the list, without moving a row of it. */
export function NewerBanner({ query, since }: Props) {
  const t = useTranslations('attempts');
  const router = useRouter();
  const [showing, startShowing] = useTransition();
  const count = useNewer(query, since);
  const [said, setSaid] = useState(0);
  const words = count > most ? t('newerMany') : t('newer', { count });
  useEffect(() => {
    if (count === said) return;
    setSaid(count);
    if (count > 0) announce(words);
  }, [count, said, words]);
  if (count === 0) return null;
  return (
    <div className={classes.place}>
      <button
        type="button"
        className={classes.pill}
        disabled={showing}
        onClick={() => startShowing(() => router.refresh())}
      >
        <IconArrowUp size={14} aria-hidden />
        {words}
        <span className={classes.verb}>{t('showNewer')}</span>
      </button>
    </div>
  );
}
