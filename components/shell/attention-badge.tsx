'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useSyncExternalStore } from 'react';
import { forgetNeedingCount, needingCount, onNeedingCount, recountOnArrival } from '../attempts/needing-count';
import classes from './shell.module.css';

/**
 * How many attempts wait for a person: nothing at none, "99+" from a hundred (nobody counts further). The frame stays while
 * pages come and go, so each new page counts again.
 * @param count as of when the frame was drawn
 */
export function AttentionBadge({ count }: { count: number }) {
  const t = useTranslations('shell.navigation');
  const shown = useSyncExternalStore(onNeedingCount, needingCount, () => null) ?? count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a frame drawn anew brings a new number, or the same.
  useEffect(forgetNeedingCount, [count]);
  const pathname = usePathname();
  useEffect(() => recountOnArrival(pathname), [pathname]);
  if (shown === 0) return null;
  const many = shown > 99;
  return (
    <span className={classes.badge}>
      <span aria-hidden>{many ? t('many') : shown}</span>
      <span className="visually-hidden">{many ? t('needSomebodyMany') : t('needSomebody', { count: shown })}</span>
    </span>
  );
}
