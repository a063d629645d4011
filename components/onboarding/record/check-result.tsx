'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { Notice } from '@/components/display/notice';
import { FormError } from '@/components/form/form-error';
import type { AttemptView, CheckAnswer } from '@/lib/onboarding/record-view';
import type { ActionFailure } from '@/lib/result';
import { useProblemWords, useVendorName } from '../vendor-words';
import classes from './record.module.css';
import { SeenServices } from './seen-services';

/** What looking at the vendor has shown. Not seen is no proof, and says so. */
export function CheckResult({ answer, attempt }: { answer: CheckAnswer | ActionFailure; attempt: AttemptView }) {
  const t = useTranslations('onboarding.record.check');
  const inWords = useProblemWords();
  const vendor = useVendorName()(attempt.vendor);
  const isPartner = attempt.operation === 'add-partner';
  if ('ok' in answer) return <FormError result={answer} />;
  switch (answer.kind) {
    case 'settled':
      return (
        <Notice kind="success" title={t(`${isPartner ? 'settledPartner' : 'settled'}.${answer.state}`, { vendor })} />
      );
    case 'already-settled':
      return <Notice kind="info" title={t('alreadySettled')} />;
    case 'failed':
      return (
        <Notice kind="warning" title={t('failed', { vendor })}>
          {inWords(answer.problem)}
        </Notice>
      );
    case 'service':
      return <ServiceSeen answer={answer} vendor={vendor} maySettle={attempt.may.settleByHand} />;
    case 'not-found-yet':
      return (
        <Notice kind="warning" title={t(isPartner ? 'notFoundPartner' : 'notFound', { vendor })}>
          <p>{t(attempt.may.settleByHand ? 'notFoundNextAdmin' : 'notFoundNext', { vendor })}</p>
          {answer.found.length > 0 && (
            <>
              <p>{t(isPartner ? 'similarPartner' : 'similar')}</p>
              <ul className={classes.found}>
                {answer.found.map((one) => (
                  <li key={one.vendorId}>
                    {one.name}
                    {one.country !== null && ` (${one.country})`} <CopyableId id={one.vendorId} label={t('vendorId')} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      );
    default: {
      const never: never = answer;
      return never;
    }
  }
}

interface ServiceProps {
  answer: Extract<CheckAnswer, { kind: 'service' }>;
  vendor: string;
  maySettle: boolean;
}

/** Evidence for a person: a service carries no key of ours, so that seeing one settles nothing. */
function ServiceSeen({ answer: { name, there, before }, vendor, maySettle }: ServiceProps) {
  const t = useTranslations('onboarding.record.check');
  if (there.length === 0) {
    return (
      <Notice kind="warning" title={t('serviceNotThere', { vendor, service: name })}>
        {t(maySettle ? 'notFoundNextAdmin' : 'notFoundNext', { vendor })}
      </Notice>
    );
  }
  const isNew = before !== null && there.length > before;
  const words = before === null ? 'serviceUnread' : maySettle ? 'serviceNew' : 'serviceNewNext';
  return (
    <Notice kind="info" title={t('serviceThere', { vendor, service: name })}>
      <p>{isNew || before === null ? t(words, { vendor }) : t('serviceBefore', { vendor })}</p>
      <SeenServices there={there} />
    </Notice>
  );
}
