'use client';

import { useTranslations } from 'next-intl';
import { durationWords } from '@/components/display/duration-words';
import type { AttemptView, ExchangeView, OnboardingRecord } from '@/lib/onboarding/record-view';

/** The exchange that decided the attempt: the last that could take effect, else the last at all. */
function decisive(attempt: AttemptView): ExchangeView | undefined {
  return attempt.exchanges.findLast((exchange) => exchange.purpose === 'create') ?? attempt.exchanges.at(-1);
}

function utc(instant: string): string {
  return `${new Date(instant).toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/**
 * A text for the vendor's support about one attempt: ids, times, endpoint, status, the vendor's own words. No name, no
 * address, no body: the vendor finds the rest by the ids.
 */
export function useSupportText(): (record: OnboardingRecord, attempt: AttemptView) => string {
  const t = useTranslations('onboarding.support');
  return (record, attempt) => {
    const exchange = decisive(attempt);
    const { problem } = attempt;
    const endpoint =
      exchange?.content === null || exchange === undefined
        ? exchange?.method
        : `${exchange.method} ${exchange.content.url}`;
    const lines: readonly (readonly [string, string | null | undefined])[] = [
      [t('vendor'), t(`vendorName.${attempt.vendor}`)],
      [t('operation'), t(`operationName.${attempt.operation}`)],
      [t('outcome'), t(`state.${attempt.state}`)],
      [t('time'), exchange === undefined ? utc(attempt.openedAt) : utc(exchange.startedAt)],
      [t('took'), exchange === undefined ? null : durationWords(exchange.durationMs)],
      [t('endpoint'), endpoint],
      [
        t('status'),
        exchange?.status === null || exchange === undefined ? (exchange?.failure ?? null) : String(exchange.status),
      ],
      [t('ourCorrelationId'), record.correlationId],
      [t('ourAttemptId'), attempt.attemptId],
      [t('vendorId'), attempt.vendorId],
      [t('vendorCorrelationId'), problem?.vendorCorrelationId ?? attempt.vendorCorrelationId],
      [t('mappingId'), attempt.mappingId],
      [t('vendorType'), problem?.vendorType],
      [t('vendorDescription'), problem?.vendorDescription],
      ...(problem?.fieldErrors ?? []).map(
        (error) => [t('fieldError'), `${error.vendorField ?? ''}: ${error.messages.join(' / ')}`] as const,
      ),
    ];
    return lines
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([label, value]) => `${label}: ${value}`)
      .join('\n');
  };
}
