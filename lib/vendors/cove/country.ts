import { isoCountries } from '../iso-countries';

/** Official or common English names that differ from those of the Unicode locale data. */
const otherNames: Readonly<Record<string, string>> = {
  'united states of america': 'US',
  'united kingdom of great britain and northern ireland': 'GB',
  'great britain': 'GB',
  'czech republic': 'CZ',
  'russian federation': 'RU',
  'republic of korea': 'KR',
  'viet nam': 'VN',
  turkey: 'TR',
  'the netherlands': 'NL',
  'republic of moldova': 'MD',
  'hong kong': 'HK',
  macao: 'MO',
};

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’']/g, "'").trim().toLowerCase();

let codes: ReadonlyMap<string, string> | null = null;

function codeByName(): ReadonlyMap<string, string> {
  if (codes !== null) return codes;
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const known = [...isoCountries].map((code) => [plain(names.of(code) ?? code), code] as const);
  codes = new Map([...known, ...Object.entries(otherNames)]);
  return codes;
}

/**
 * The ISO 3166-1 alpha-2 code of a country: Cove takes the code (recommended) or the English name; the code is sent.
 * Client-safe and pure.
 * @returns null for what is neither
 */
export function toCountryCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (isoCountries.has(code)) return code;
  return codeByName().get(plain(text)) ?? null;
}
