'use client';

import { useTranslations } from 'next-intl';
import { Notice } from '@/components/display/notice';
import type { RecordFailure } from './fetch-record';
import classes from './record.module.css';

/** Says that what is shown may be older than it looks, and what to do. */
export function LiveProblem({ failure }: { failure: RecordFailure }) {
  const t = useTranslations('onboarding.record.stale');
  return (
    <div className={classes.notice}>
      <Notice kind="warning" title={t(`${failure}.title`)}>
        {t(`${failure}.text`)}
      </Notice>
    </div>
  );
}
