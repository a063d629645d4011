'use client';

import { IconLink, IconPlugConnected, IconRefresh, IconSearch } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { announce } from '@/components/display/announce';
import { Button } from '@/components/display/button';
import { ButtonLink } from '@/components/display/button-link';
import { BusyButton } from '@/components/form/busy-button';
import type { AttemptView, CheckAnswer, OnboardingRecord } from '@/lib/onboarding/record-view';
import type { ActionFailure } from '@/lib/result';
import { useVendorName } from '../vendor-words';
import classes from './record.module.css';
import type { RecordActions } from './record-actions';
import { servicesWaiting } from './services-waiting';

const SettleDialog = dynamic(() => import('./settle-dialog').then((module) => module.SettleDialog), { ssr: false });
const AdoptDialog = dynamic(() => import('./adopt-dialog').then((module) => module.AdoptDialog), { ssr: false });

interface Props {
  record: OnboardingRecord;
  attempt: AttemptView;
  actions: RecordActions;
  onChecked: (answer: CheckAnswer | ActionFailure) => void;
  onSettled: () => Promise<void>;
  onAdopted: (attemptId: string) => Promise<void>;
}

/** What a person can do about the attempt, as buttons that say at whom; the likeliest first. */
export function NextSteps({ record, attempt, actions, onChecked, onSettled, onAdopted }: Props) {
  const t = useTranslations('onboarding.record.do');
  const vendor = useVendorName()(attempt.vendor);
  const [checking, setChecking] = useState(false);
  const [dialog, setDialog] = useState<'settle' | 'adopt' | null>(null);
  const { may, nextStep, attemptId, settlement } = attempt;
  // What exists already may be another customer of that name: then it is corrected and tried again.
  const canRetry = may.retry && ['retry', 'fix-and-retry', 'adopt'].includes(nextStep);
  const retryFirst = nextStep !== 'adopt' || !may.adopt;

  async function check() {
    setChecking(true);
    const result = await actions
      .checkAttempt({ attemptId })
      .catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    setChecking(false);
    onChecked(result.ok ? result.value : result);
    announce(t('checked', { vendor }));
    await onSettled();
  }

  return (
    <div className={classes.steps}>
      {may.check && (
        <BusyButton
          look="primary"
          busy={checking}
          working={t('checking', { vendor })}
          icon={<IconSearch size={16} aria-hidden />}
          onClick={() => void check()}
        >
          {t('check', { vendor })}
        </BusyButton>
      )}
      {may.adopt && (
        <Button
          look={nextStep === 'adopt' ? 'primary' : 'default'}
          icon={<IconLink size={16} aria-hidden />}
          onClick={() => setDialog('adopt')}
        >
          {t('adopt', { customer: record.name })}
        </Button>
      )}
      {canRetry && (
        <ButtonLink
          look={retryFirst ? 'primary' : 'default'}
          href={retryHref(record, attempt)}
          icon={<IconRefresh size={16} aria-hidden />}
        >
          {t(
            attempt.takenAlongBy !== null
              ? 'retryCustomer'
              : nextStep === 'retry' || settlement !== null
                ? 'retry'
                : 'fixAndRetry',
            { vendor },
          )}
        </ButtonLink>
      )}
      {nextStep === 'mend-connection' && (
        <ButtonLink
          look="primary"
          href={`/connections/${attempt.connectionId}`}
          icon={<IconPlugConnected size={16} aria-hidden />}
        >
          {t('openConnection', { connection: attempt.connectionName })}
        </ButtonLink>
      )}
      {nextStep === 'mend-connection' && may.retry && (
        <ButtonLink href={retryHref(record, attempt)} icon={<IconRefresh size={16} aria-hidden />}>
          {t('retryAfterwards', { vendor })}
        </ButtonLink>
      )}
      {may.settleByHand && <Button onClick={() => setDialog('settle')}>{t('settle')}</Button>}
      {dialog === 'settle' && (
        <SettleDialog
          attempt={attempt}
          customerName={record.name}
          waiting={servicesWaiting(record, attempt)}
          settleByHand={actions.settleByHand}
          onClose={() => setDialog(null)}
          onSettled={onSettled}
        />
      )}
      {dialog === 'adopt' && (
        <AdoptDialog
          attempt={attempt}
          customerName={record.name}
          findCandidates={actions.findCandidates}
          adoptCustomer={actions.adoptCustomer}
          onClose={() => setDialog(null)}
          onAdopted={onAdopted}
        />
      )}
    </div>
  );
}

/** The form that tries the attempt again, filled with what was sent. */
function retryHref({ customer }: OnboardingRecord, attempt: AttemptView): string {
  const { attemptId, operation, connectionId, takenAlongBy } = attempt;
  // What is nobody's customer is a partner at the vendor.
  if (customer === null) return `/connections/${connectionId}/partners/new?retry=${attemptId}`;
  if (takenAlongBy !== null) return `/customers/new?retry=${takenAlongBy}`;
  return operation === 'add-service'
    ? `/customers/${customer.customerId}/services/new?retry=${attemptId}`
    : `/customers/new?retry=${attemptId}`;
}
