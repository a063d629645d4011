import { isoCountries } from '../iso-countries';

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^a-z]+/g, ' ')
    .trim();

let codes: ReadonlyMap<string, string> | null = null;

function codesByName(): ReadonlyMap<string, string> {
  if (codes !== null) return codes;
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  codes = new Map([...isoCountries].map((code) => [plain(names.of(code) ?? code), code]));
  return codes;
}

/**
 * The ISO code of a country that the vendor answers by its English name (`countryOrRegion`, vendor-apis.md 1.7). A code
 * itself is taken, too. Names differ between lists, so one that is not known is null and must not rule anything out.
 */
export function countryCodeOf(name: string): string | null {
  const code = name.trim().toUpperCase();
  return isoCountries.has(code) ? code : (codesByName().get(plain(name)) ?? null);
}
