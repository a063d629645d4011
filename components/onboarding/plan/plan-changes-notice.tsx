'use client';

import { useTranslations } from 'next-intl';
import { Notice } from '@/components/display/notice';
import classes from './plan.module.css';
import type { PlanChange } from './plan-changes';

/** The plan moved between being shown and being submitted: what is different now. Nothing was sent. */
export function PlanChanges({ changes }: { changes: readonly PlanChange[] }) {
  const t = useTranslations('onboarding.plan');
  const verdict = useTranslations('display.verdict');
  return (
    <Notice kind="warning" title={t('movedTitle')}>
      <p>{t('movedText')}</p>
      <ul className={classes.list}>
        {changes.map(({ connectionName, what, before, after }) => (
          <li key={connectionName}>
            <strong>{connectionName}</strong>{' '}
            {what === 'verdict' && after !== null
              ? t('moved.verdict', { before: verdict(before.verdict), after: verdict(after.verdict) })
              : t(`moved.${what === 'verdict' ? 'gone' : what}`)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
