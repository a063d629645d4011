'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ConfirmDialog } from '@/components/form/confirm-dialog';
import { PlainField } from '@/components/form/plain-field';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useVendorName } from '../vendor-words';
import classes from './record.module.css';
import type { RecordActions } from './record-actions';

interface Props {
  attempt: AttemptView;
  customerName: string;
  /** Services that follow what is said here. */
  waiting: number;
  settleByHand: RecordActions['settleByHand'];
  onClose: () => void;
  onSettled: () => Promise<void>;
}

const outcomes = ['succeeded', 'refused'] as const;

/** A person decides what nobody could tell, and says why. Nothing is chosen beforehand. */
export function SettleDialog({ attempt, customerName, waiting, settleByHand, onClose, onSettled }: Props) {
  const t = useTranslations('onboarding.record.settle');
  const vendor = useVendorName()(attempt.vendor);
  const isService = attempt.operation === 'add-service';
  const isPartner = attempt.operation === 'add-partner';
  const group = useId();
  const [state, setState] = useState<(typeof outcomes)[number] | null>(null);
  const [vendorId, setVendorId] = useState('');
  const [problem, setProblem] = useState<string>();

  async function act(note: string) {
    if (state === null) return { ok: false, code: 'invalid-input', message: t('chooseOutcome') } as const;
    const id = vendorId.trim();
    const result = await settleByHand({
      attemptId: attempt.attemptId,
      state,
      vendorId: state === 'succeeded' && id !== '' ? id : null,
      note,
    });
    if (result.ok) await onSettled();
    else setProblem(result.fields?.vendorId?.join(' '));
    return result;
  }

  return (
    <ConfirmDialog
      title={
        isService
          ? t('service.title', { service: attempt.service ?? '', customer: customerName, vendor })
          : t('title', { customer: customerName, vendor })
      }
      confirm={state === null ? t('confirm') : t(`confirmAs.${state}`)}
      working={t('working')}
      note={{ label: t('note'), description: t('noteHelp'), required: true }}
      onClose={onClose}
      act={act}
    >
      <p>{t('text', { vendor })}</p>
      {waiting > 0 && <p>{t('waiting', { count: waiting })}</p>}
      <fieldset className={classes.choices}>
        <legend>{t(isService ? 'service.question' : isPartner ? 'partner.question' : 'question', { vendor })}</legend>
        {outcomes.map((outcome) => (
          <label key={outcome}>
            <input
              type="radio"
              name={group}
              required
              checked={state === outcome}
              onChange={() => {
                setState(outcome);
                setProblem(undefined);
              }}
            />
            <span>{t(`${isService ? 'service.' : ''}outcome.${outcome}`, { vendor })}</span>
          </label>
        ))}
      </fieldset>
      {/* A service has no id of its own. */}
      {state === 'succeeded' && !isService && (
        <PlainField
          label={t('vendorId', { vendor })}
          description={t('vendorIdHelp')}
          required
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
          value={vendorId}
          error={problem}
          onChange={(event) => setVendorId(event.currentTarget.value)}
        />
      )}
    </ConfirmDialog>
  );
}
