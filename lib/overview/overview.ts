import type { AttemptRow } from '../attempts/attempt-row';
import type { OnboardingRow } from '../onboarding/onboarding-row';
import type { VendorKey } from '../vendors/vendor';

/** What the overview shows. Client-safe. */

/** How an onboarding stands: unknown before refused before open before succeeded. `sent` stands for anything open. */
export const onboardingOutcomes = ['succeeded', 'sent', 'refused', 'unknown'] as const;
export type OnboardingOutcome = (typeof onboardingOutcomes)[number];

export interface HourOfDay {
  /** 0 to 23, in the user's zone. */
  readonly hour: number;
  readonly counts: Readonly<Record<OnboardingOutcome, number>>;
}

export interface VendorToday {
  readonly vendor: VendorKey;
  /** From the request's leaving to the answer; null without an answer today. */
  readonly medianMs: number | null;
  readonly answers: number;
}

export interface BrokenConnection {
  readonly connectionId: string;
  readonly name: string;
  readonly vendor: VendorKey;
  readonly partnerName: string;
  readonly brokenAt: string;
}

export interface NeedingAttempt extends AttemptRow {
  /** The actor may mend the connection it went over. */
  readonly mayMend: boolean;
  /** The actor's roles let anything be done about attempts; else the record can only be read. */
  readonly mayAct: boolean;
}

export interface Overview {
  /** Oldest first; `needingCount` counts further, up to 100. */
  readonly needing: readonly NeedingAttempt[];
  readonly needingCount: number;
  readonly brokenConnections: readonly BrokenConnection[];
  /** `YYYY-MM-DD` in the user's zone. */
  readonly day: string;
  readonly hours: readonly HourOfDay[];
  readonly vendors: readonly VendorToday[];
  /** First tries that were decided today, and those of them that the vendor confirmed at once. */
  readonly firstPass: { readonly decided: number; readonly passed: number };
  readonly latest: readonly OnboardingRow[];
  /** What a portal without onboardings lacks first. */
  readonly missing: 'connection' | 'customer' | null;
}
