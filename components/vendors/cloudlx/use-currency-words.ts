'use client';

import { useLocale } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import type { SelectOption } from '@/components/form/select-field';

const nothingChanges = () => () => undefined;

/**
 * Currencies in words: "Euro (EUR)", and all that this browser knows, by name. The server and a browser may know different
 * names, so until the page has come alive a currency is its code.
 */
export function useCurrencyWords(): {
  readonly label: (code: string) => string;
  readonly options: readonly SelectOption[];
} {
  const locale = useLocale();
  const alive = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  return useMemo(() => {
    if (!alive) return { label: (code) => code, options: [] };
    const names = new Intl.DisplayNames([locale], { type: 'currency', fallback: 'code' });
    const label = (code: string) => {
      if (!/^[A-Z]{3}$/.test(code)) return code;
      const name = names.of(code) ?? code;
      return name === code ? code : `${name} (${code})`;
    };
    const options = Intl.supportedValuesOf('currency')
      .map((code) => ({ value: code, label: label(code) }))
      .sort((left, right) => left.label.localeCompare(right.label, locale));
    return { label, options };
  }, [alive, locale]);
}
