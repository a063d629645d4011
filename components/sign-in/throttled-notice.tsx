'use client';

import { useTranslations } from 'next-intl';
import { Notice } from '../display/notice';
import classes from './sign-in-form.module.css';
import { toClock, useCountdown } from './use-countdown';

/**
 * Says how long to wait. The clock runs for the eye; a screen reader hears the wait once, and once that it is over.
 * @param until instant in milliseconds
 */
export function ThrottledNotice({ until, waitSeconds }: { until: number; waitSeconds: number }) {
  const t = useTranslations('sign-in');
  const left = useCountdown(until);
  // Before the first tick nothing has been counted yet.
  const over = left === 0 && Date.now() >= until;
  if (over) {
    return (
      <Notice kind="info" title={t('again.title')}>
        {t('again.text')}
      </Notice>
    );
  }
  return (
    <Notice kind="warning" title={t('throttled.title')}>
      <span aria-hidden className={classes.clock}>
        {t('throttled.wait', { time: toClock(left === 0 ? waitSeconds : left) })}
      </span>
      <span className="visually-hidden">{t('throttled.waitInWords', { seconds: waitSeconds })}</span>
    </Notice>
  );
}
