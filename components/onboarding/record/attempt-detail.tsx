'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '@/components/display/section';
import { StateBadge } from '@/components/display/state-badge';
import type { AttemptView, CheckAnswer, OnboardingRecord } from '@/lib/onboarding/record-view';
import type { ActionFailure } from '@/lib/result';
import { AttemptHistory } from './attempt-history';
import { AttemptIds } from './attempt-ids';
import { AttemptMeaning } from './attempt-meaning';
import { CheckResult } from './check-result';
import { ExchangeList } from './exchange-list';
import { LookUps } from './look-ups';
import { NextSteps } from './next-steps';
import { PartnerMapping } from './partner-mapping';
import classes from './record.module.css';
import type { RecordActions } from './record-actions';
import { servicesWaiting } from './services-waiting';
import { VendorAnswer } from './vendor-answer';

interface Props {
  record: OnboardingRecord;
  attempt: AttemptView;
  actions: RecordActions;
  timeZone: string;
  refresh: () => Promise<void>;
  onChoose: (attemptId: string) => void;
}

/** Of a customer's attempt: how many services wait for what becomes of it. */
function ServicesWaiting({ record, attempt }: Pick<Props, 'record' | 'attempt'>) {
  const t = useTranslations('onboarding.record');
  const count = servicesWaiting(record, attempt);
  return count === 0 ? null : <p>{t('waitingFor', { count })}</p>;
}

/** Everything about one attempt: what it means, what to do next, what travelled, ids, history. */
export function AttemptDetail({ record, attempt, actions, timeZone, refresh, onChoose }: Props) {
  const t = useTranslations('onboarding.record');
  const [checked, setChecked] = useState<CheckAnswer | ActionFailure | null>(null);
  return (
    <Section
      title={t(`attemptTitle.${attempt.operation}`, {
        connection: attempt.connectionName,
        service: attempt.service ?? t('operation.add-service').toLowerCase(),
        partner: attempt.partner?.name ?? t('erasedName'),
      })}
      action={<StateBadge state={attempt.state} />}
    >
      <div className={classes.detail}>
        <div className={classes.main}>
          <AttemptMeaning attempt={attempt} />
          <ServicesWaiting record={record} attempt={attempt} />
          <PartnerMapping attempt={attempt} />
          <LookUps attempt={attempt} timeZone={timeZone} />
          <NextSteps
            record={record}
            attempt={attempt}
            actions={actions}
            onChecked={setChecked}
            onSettled={refresh}
            onAdopted={async (attemptId) => {
              await refresh();
              onChoose(attemptId);
            }}
          />
          {checked !== null && <CheckResult answer={checked} attempt={attempt} />}
          <VendorAnswer attempt={attempt} />
          <ExchangeList attempt={attempt} timeZone={timeZone} />
        </div>
        <aside className={classes.aside} aria-label={t('about')}>
          <h3>{t('ids.title')}</h3>
          <AttemptIds record={record} attempt={attempt} />
          <h3>{t('history.title')}</h3>
          <AttemptHistory attempt={attempt} timeZone={timeZone} onChoose={onChoose} />
        </aside>
      </div>
    </Section>
  );
}
