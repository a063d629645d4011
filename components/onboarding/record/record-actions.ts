import type { AdoptionCandidates, CheckAnswer } from '@/lib/onboarding/record-view';
import type { ActionResult } from '@/lib/result';

/** What the page lets its parts do: server actions, handed down because components do not import from `app`. */
export interface RecordActions {
  readonly checkAttempt: (input: { readonly attemptId: string }) => Promise<ActionResult<CheckAnswer>>;
  readonly settleByHand: (input: {
    readonly attemptId: string;
    readonly state: 'succeeded' | 'refused';
    readonly vendorId: string | null;
    readonly note: string;
  }) => Promise<ActionResult<{ readonly state: 'succeeded' | 'refused' }>>;
  readonly findCandidates: (input: { readonly attemptId: string }) => Promise<ActionResult<AdoptionCandidates>>;
  readonly adoptCustomer: (input: {
    readonly attemptId: string;
    readonly vendorId: string;
  }) => Promise<ActionResult<{ readonly attemptId: string }>>;
}
