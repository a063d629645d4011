'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { type KeyValue, KeyValueList } from '@/components/display/key-value-list';
import { LongText } from '@/components/display/long-text';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useFieldWords } from '../vendor-words';
import classes from './record.module.css';

/** The vendor's own words, every one of them: type, description, its correlation id, each complaint about a field. */
export function VendorAnswer({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('onboarding.record.answer');
  const fieldWords = useFieldWords();
  const { problem } = attempt;
  if (problem === null) return null;
  const facts: readonly (KeyValue | null)[] = [
    problem.vendorType === null
      ? null
      : { label: t('type'), value: <span className="mono">{problem.vendorType}</span> },
    problem.vendorDescription === null
      ? null
      : { label: t('description'), value: <LongText text={problem.vendorDescription} lines={6} /> },
    problem.vendorCorrelationId === null
      ? null
      : {
          label: t('correlationId'),
          value: <CopyableId id={problem.vendorCorrelationId} label={t('correlationId')} />,
        },
    problem.retryAfterSeconds === null
      ? null
      : { label: t('retryAfter'), value: t('seconds', { count: problem.retryAfterSeconds }) },
    ...problem.fieldErrors.map((error, index) => ({
      label: fieldWords(attempt.vendor, error.field) ?? error.vendorField ?? t('fieldError', { number: index + 1 }),
      value: (
        <>
          {error.messages.map((message) => (
            <div key={message}>{message}</div>
          ))}
          {error.vendorField !== null && <div className={classes.faint}>{t('calls', { name: error.vendorField })}</div>}
        </>
      ),
    })),
  ];
  const items = facts.filter((fact) => fact !== null);
  if (items.length === 0) return null;
  return (
    <div className={classes.block}>
      <h3>{t('title')}</h3>
      <KeyValueList items={items} />
    </div>
  );
}
