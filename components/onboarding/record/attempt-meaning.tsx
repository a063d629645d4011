'use client';

import { useTranslations } from 'next-intl';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useProblemWords, useRemarkWords, useVendorName } from '../vendor-words';
import classes from './record.module.css';

/** What the attempt means, in a sentence, and what to do next, in another. */
export function AttemptMeaning({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('onboarding.record');
  const inWords = useProblemWords();
  const remarkInWords = useRemarkWords();
  const { problem, remark, state, operation, settlement } = attempt;
  const vendor = useVendorName()(attempt.vendor);
  const failed = state === 'refused' || state === 'unknown';
  // Once settled, what a person found out holds; what it looked like before is in the exchanges.
  const meaning =
    settlement !== null
      ? t(`${settledOf(operation)}.${settlement.how}.${state === 'succeeded' ? 'succeeded' : 'refused'}`, {
          by: settlement.by,
          vendor,
        })
      : failed && problem !== null
        ? inWords(problem)
        : remark !== null
          ? remarkInWords(remark)
          : state === 'waiting'
            ? t(`meaning.waiting.${awaitedOf(attempt)}`, { vendor })
            : attempt.reason === 'customer-refused' || attempt.reason === 'never-sent'
              ? t(attempt.reason === 'never-sent' ? 'meaning.neverSent' : 'meaning.customerRefused', { vendor })
              : t(`meaning.${operation}.${state}`, { vendor, connection: attempt.connectionName });
  return (
    <div className={classes.meaning}>
      <p className={classes.sentence}>{meaning}</p>
      {attempt.contradicted && <p>{t('contradicted')}</p>}
      {state !== 'waiting' && attempt.waitsFor?.contradicted === true && <p>{t('contradictedAfterwards')}</p>}
      {attempt.retriedBy !== null ? (
        <p className={classes.next}>{t('retried')}</p>
      ) : (
        // A problem's sentence says already what to do, and so does a remark's.
        remark === null &&
        (problem === null || !failed || settlement !== null) && (
          <p className={classes.next}>{t(`next.${wordOf(attempt)}`, { vendor })}</p>
        )
      )}
    </div>
  );
}

function settledOf(operation: AttemptView['operation']): 'settled' | 'settledService' | 'settledPartner' {
  if (operation === 'add-partner') return 'settledPartner';
  return operation === 'add-service' ? 'settledService' : 'settled';
}

/** What a service waits for: the customer's coming, or somebody who says what became of it. */
function awaitedOf({ waitsFor }: AttemptView): 'customer' | 'unknown' | 'contradicted' {
  if (waitsFor?.contradicted === true) return 'contradicted';
  return waitsFor?.state === 'unknown' ? 'unknown' : 'customer';
}

type NextWord = AttemptView['nextStep'] | 'checkService' | 'checkPartner' | 'retryAlong' | 'waitUnknown';

/** Of a service, or a partner, another thing is looked for; what waits, or was refused with its customer, goes with that. */
function wordOf(attempt: AttemptView): NextWord {
  const step = nextOf(attempt);
  if (attempt.state === 'waiting' && awaitedOf(attempt) !== 'customer') return 'waitUnknown';
  if (step === 'retry' && attempt.takenAlongBy !== null) return 'retryAlong';
  if (step !== 'check') return step;
  if (attempt.operation === 'add-partner') return 'checkPartner';
  return attempt.operation === 'add-service' ? 'checkService' : step;
}

/** What a person has settled as refused has no fault that could be corrected. */
function nextOf({ nextStep, settlement }: AttemptView): AttemptView['nextStep'] {
  return nextStep === 'fix-and-retry' && settlement !== null ? 'retry' : nextStep;
}
