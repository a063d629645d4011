'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/form/confirm-dialog';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useVendorName } from '../vendor-words';
import { AdoptionChoice, type AdoptionChosen } from './adoption-choice';
import type { RecordActions } from './record-actions';

interface Props {
  attempt: AttemptView;
  customerName: string;
  findCandidates: RecordActions['findCandidates'];
  adoptCustomer: RecordActions['adoptCustomer'];
  onClose: () => void;
  onAdopted: (attemptId: string) => Promise<void>;
}

/** Links a customer that exists at the vendor already: a person says which, and it is read there before it is linked. */
export function AdoptDialog({ attempt, customerName, findCandidates, adoptCustomer, onClose, onAdopted }: Props) {
  const t = useTranslations('onboarding.record.adopt');
  const vendor = useVendorName()(attempt.vendor);
  const [chosen, setChosen] = useState<AdoptionChosen>({ kind: 'nothing' });
  const [problem, setProblem] = useState<string>();

  async function act() {
    if (chosen.kind === 'nothing') return { ok: false, code: 'invalid-input', message: t('chooseOne') } as const;
    const result = await adoptCustomer({ attemptId: attempt.attemptId, vendorId: chosen.vendorId.trim() });
    if (result.ok) await onAdopted(result.value.attemptId);
    else setProblem(result.fields?.vendorId?.join(' '));
    return result;
  }

  return (
    <ConfirmDialog
      title={t('title', { customer: customerName, vendor })}
      confirm={t('confirm')}
      working={t('working', { vendor })}
      onClose={onClose}
      act={act}
    >
      <p>{t('text', { vendor, connection: attempt.connectionName })}</p>
      <AdoptionChoice
        attempt={attempt}
        findCandidates={findCandidates}
        chosen={chosen}
        problem={problem}
        onChoose={(next) => {
          setChosen(next);
          setProblem(undefined);
        }}
      />
    </ConfirmDialog>
  );
}
