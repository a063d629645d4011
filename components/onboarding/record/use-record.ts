'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { recountNeeding } from '@/components/attempts/needing-count';
import { announce } from '@/components/display/announce';
import type { AttemptState } from '@/lib/attempts/attempt';
import type { OnboardingRecord } from '@/lib/onboarding/record-view';
import { fetchRecord, type RecordFailure, RecordFetchError } from './fetch-record';

const pollMs = 1000;
/** While Quayside still looks an unknown attempt up by itself. */
const lookUpPollMs = 5000;

interface LiveRecord {
  readonly record: OnboardingRecord;
  /** Why the last reading failed; the record shown is then the one before. */
  readonly failure: RecordFailure | null;
  readonly refresh: () => Promise<void>;
}

/**
 * The record as it is now, changes said aloud: while the page is seen it is read every second where anything is open, and
 * every five where look-ups are due.
 */
export function useRecord(initial: OnboardingRecord): LiveRecord {
  const { data, error, refetch } = useQuery({
    queryKey: ['onboarding', initial.correlationId],
    queryFn: ({ signal }) => fetchRecord(initial.correlationId, signal),
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => {
      const gone = query.state.error instanceof RecordFetchError && query.state.error.failure !== 'failed';
      const record = query.state.data;
      if (gone || record === undefined) return false;
      if (record.live) return pollMs;
      return record.attempts.some(({ lookUps }) => lookUps !== null && lookUps.nextAt !== null) ? lookUpPollMs : false;
    },
  });
  useChangedStates(data);
  return {
    record: data,
    failure: error === null ? null : error instanceof RecordFetchError ? error.failure : 'failed',
    refresh: async () => {
      await refetch();
    },
  };
}

/** Says aloud what changed, and has the frame count again what needs somebody, where something ended or was settled. */
function useChangedStates(record: OnboardingRecord): void {
  const t = useTranslations('onboarding.record');
  const states = useTranslations('display.state');
  const known = useRef<ReadonlyMap<string, AttemptState> | null>(null);
  useEffect(() => {
    const before = known.current;
    known.current = new Map(record.attempts.map((attempt) => [attempt.attemptId, attempt.state]));
    if (before === null) return;
    const changed = record.attempts.filter((attempt) => before.get(attempt.attemptId) !== attempt.state);
    if (changed.length === 0) return;
    announce(
      changed
        .map((attempt) => t('announced', { connection: attempt.connectionName, state: states(attempt.state) }))
        .join(' '),
    );
    if (changed.some(({ state }) => !['waiting', 'pending', 'sent'].includes(state))) void recountNeeding();
  }, [record, t, states]);
}
