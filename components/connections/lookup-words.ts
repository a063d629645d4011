'use client';

import { useTranslations } from 'next-intl';
import type { LookupFailed } from './fetch-lookup';

/** A translator for keys that come with the answer; whether they are there is asked before. */
interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string, values?: Readonly<Record<string, string>>): string;
}

const codes = ['signed-out', 'forbidden', 'not-found', 'conflict', 'unexpected'] as const;

/** Why a look-up failed, in a sentence. */
export function useLookupWords(): (failure: LookupFailed) => string {
  const errors: LooseTranslator = useTranslations('vendor-errors');
  const t = useTranslations('display.failure');
  return ({ code, words, params }) => {
    if (code === 'vendor' && words !== undefined && errors.has(words)) return errors.markup(words, params);
    // A conflict comes with a finished sentence of ours.
    if (code === 'conflict' && words !== undefined) return words;
    return t(`${codes.find((known) => known === code) ?? 'unexpected'}.text`);
  };
}
