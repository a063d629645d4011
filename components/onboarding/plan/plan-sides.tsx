import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { JsonView } from '@/components/display/json-view';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import classes from './plan.module.css';

interface Props {
  connectionName: string;
  request: NonNullable<PlanRow['request']>;
  /** What was typed, as a list. */
  children: ReactNode;
}

/** Left what a person typed, right what the vendor will get. */
export function PlanSides({ connectionName, request: { method, path, body }, children }: Props) {
  const t = useTranslations('services.plan');
  return (
    <div className={classes.sides}>
      <section aria-label={t('typed')}>
        <h4>{t('typed')}</h4>
        {children}
      </section>
      <section aria-label={t('sent')}>
        <h4>{t('sent')}</h4>
        <p className={`mono ${classes.request}`}>
          {method} {path}
        </p>
        <JsonView value={body} label={t('body', { connection: connectionName })} maxHeight={520} />
      </section>
    </div>
  );
}
