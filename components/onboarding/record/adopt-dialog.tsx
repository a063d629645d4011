'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/form/confirm-dialog';
import { PlainField } from '@/components/form/plain-field';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useVendorName } from '../vendor-words';
import type { RecordActions } from './record-actions';

interface Props {
  attempt: AttemptView;
  customerName: string;
  adoptCustomer: RecordActions['adoptCustomer'];
  onClose: () => void;
  onAdopted: (attemptId: string) => Promise<void>;
}

/** Links a customer that exists at the vendor already. The id is typed by the person who has looked. */
export function AdoptDialog({ attempt, customerName, adoptCustomer, onClose, onAdopted }: Props) {
  const t = useTranslations('onboarding.record.adopt');
  const vendor = useVendorName()(attempt.vendor);
  const [vendorId, setVendorId] = useState('');
  const [problem, setProblem] = useState<string>();

  async function act() {
    const result = await adoptCustomer({ attemptId: attempt.attemptId, vendorId: vendorId.trim() });
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
      <PlainField
        label={t('vendorId', { vendor })}
        description={t('vendorIdHelp', { vendor })}
        required
        maxLength={255}
        autoComplete="off"
        spellCheck={false}
        value={vendorId}
        error={problem}
        onChange={(event) => setVendorId(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
