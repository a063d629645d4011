/**
 * Why a partner cannot use a connection now, in the order in which it is said. Client-safe. A new reason needs its words
 * below `onboarding.form.unusable`, its verdict in `lib/onboarding/verdict.ts`, and a side in `isTrouble`.
 */
export const unusableReasons = ['disabled', 'broken', 'mapping-missing'] as const;
export type Unusable = (typeof unusableReasons)[number];

const trouble: Readonly<Record<Unusable, boolean>> = { disabled: false, broken: true, 'mapping-missing': false };

/** Is it something that went wrong and that somebody should know of at once, rather than a setting? */
export function isTrouble(reason: Unusable): boolean {
  return trouble[reason];
}
