'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '@/components/display/button';
import { ButtonLink } from '@/components/display/button-link';
import classes from './form.module.css';
import type { DraftState } from './use-draft';

/** Whether what is typed is kept. Said quietly; a failure stays until it is mended. */
export function DraftStatus({
  state,
  timeZone,
  onRetry,
}: {
  state: DraftState;
  timeZone: string;
  onRetry: () => void;
}) {
  const t = useTranslations('onboarding.draft');
  const format = useFormatter();
  switch (state.kind) {
    case 'untouched':
      return null;
    case 'saving':
      return <span className={classes.draft}>{t('saving')}</span>;
    case 'saved': {
      const time = format.dateTime(new Date(state.at), {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone,
      });
      return <span className={classes.draft}>{t('saved', { time })}</span>;
    }
    case 'failed':
      return (
        <span className={classes.draftFailed} role="alert">
          {state.failure.message ?? t('failed')}
          {state.failure.code === 'conflict' ? (
            // The id is used up: saving again cannot help.
            <ButtonLink size="sm" href="/customers/new">
              {t('openNew')}
            </ButtonLink>
          ) : (
            <Button size="sm" onClick={onRetry}>
              {t('again')}
            </Button>
          )}
        </span>
      );
    default: {
      const never: never = state;
      return never;
    }
  }
}
