'use client';

import { useTranslations } from 'next-intl';
import type { VendorKey } from '@/lib/vendors/vendor';

/** A translator for keys that come with the data; whether they are there is asked before. */
interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string): string;
}

/** The vendor's words for levels, states and kinds of service in ours; its own word where we have none. */
export function useLevelWords(vendor: VendorKey): {
  readonly level: (word: string) => string;
  readonly state: (word: string) => string;
  readonly service: (word: string) => string;
} {
  const all: LooseTranslator = useTranslations();
  const inWords = (key: string, word: string) => (word !== '' && all.has(key) ? all.markup(key) : word);
  return {
    level: (word) => inWords(`${vendor}.level.${word}`, word),
    state: (word) => inWords(`vendor-partners.state.${word}`, word),
    service: (word) => inWords(`${vendor}.serviceType.${word}`, word),
  };
}
