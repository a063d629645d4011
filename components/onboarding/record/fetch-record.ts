import type { OnboardingRecord } from '@/lib/onboarding/record-view';

export type RecordFailure = 'signed-out' | 'gone' | 'failed';

/** Why the record could not be read again. */
export class RecordFetchError extends Error {
  constructor(readonly failure: RecordFailure) {
    super(failure);
  }
}

/** Reads the record of an onboarding again, for its page. */
export async function fetchRecord(correlationId: string, signal: AbortSignal): Promise<OnboardingRecord> {
  const response = await fetch(`/api/onboardings/${correlationId}`, {
    signal,
    headers: { accept: 'application/json' },
  });
  if (response.status === 401) throw new RecordFetchError('signed-out');
  if (response.status === 404) throw new RecordFetchError('gone');
  if (!response.ok) throw new RecordFetchError('failed');
  const record: OnboardingRecord = await response.json();
  return record;
}
