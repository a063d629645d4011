import countries from 'i18n-iso-countries';
import type { SelectOption } from '@/components/form/select-field';

/**
 * All countries by name. Made on the server and handed down: neither the list nor the names cost the browser script, and
 * both sides write the same name.
 */
export function countryOptions(locale: string): readonly SelectOption[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return Object.keys(countries.getAlpha2Codes())
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((left, right) => left.label.localeCompare(right.label, locale));
}
