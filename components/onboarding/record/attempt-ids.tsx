'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { KeyValueList } from '@/components/display/key-value-list';
import type { AttemptView, OnboardingRecord } from '@/lib/onboarding/record-view';

/** Our ids and the vendor's, each with a way to copy it. */
export function AttemptIds({ record, attempt }: { record: OnboardingRecord; attempt: AttemptView }) {
  const t = useTranslations('onboarding.record.ids');
  const ids: readonly (readonly [string, string | null])[] = [
    [t('correlationId'), record.correlationId],
    [t('attemptId'), attempt.attemptId],
    [t('customerId'), record.customer?.customerId ?? null],
    [t('connectionId'), attempt.connectionId],
    [t('vendorId'), attempt.vendorId],
    [t('vendorCorrelationId'), attempt.vendorCorrelationId],
    [t('mappingId'), attempt.mappingId],
    [t('profile'), attempt.profile],
    [t('payloadHash'), attempt.payloadHash],
  ];
  return (
    <KeyValueList
      items={ids.flatMap(([label, id]) =>
        id === null || id === '' ? [] : [{ label, value: <CopyableId id={id} label={label} /> }],
      )}
    />
  );
}
