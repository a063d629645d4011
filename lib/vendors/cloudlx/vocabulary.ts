/** CloudLX's fixed words (vendor-apis.md 4.1, 4.4) and what is derived from a country. Client-safe. */

/** Selects the version of the API; sent with every request (4.1). */
export const mediaType = 'application/vnd.cloudlx.v1+json';

/** The only role group that is published (4.4). */
export const defaultRoleGroup = 'Admin';

/** Texts of the request, by the key of the wire: the field of our section, and the shared fact it is derived from. */
export const textFields = {
  name: { field: 'name', fact: 'name' },
  country_iso: { field: 'country', fact: 'country' },
  email: { field: 'email', fact: 'email' },
  first_name: { field: 'firstName', fact: 'firstName' },
  last_name: { field: 'lastName', fact: 'lastName' },
} as const;

/** Lists of ids in the request, by the key of the wire. */
export const idLists = {
  realms: 'realms',
  shown_sub_realms: 'shownSubRealms',
  enabled_sub_realms: 'enabledSubRealms',
} as const;

/** No limit is documented; Laravel's usual column takes this many characters. */
export const usualTextMax = 255;

/** An id at CloudLX: a whole number above zero, small enough to travel through JSON unharmed. */
export const idPattern = /^[1-9]\d{0,14}$/;

const byCurrency: Readonly<Record<string, string>> = {
  EUR: 'AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA YT',
  GBP: 'GB GG IM JE',
  USD: 'US PR VI GU AS EC SV',
  AED: 'AE',
  AUD: 'AU',
  BRL: 'BR',
  CAD: 'CA',
  CHF: 'CH LI',
  CNY: 'CN',
  CZK: 'CZ',
  DKK: 'DK FO GL',
  HKD: 'HK',
  HUF: 'HU',
  ILS: 'IL',
  INR: 'IN',
  ISK: 'IS',
  JPY: 'JP',
  KRW: 'KR',
  MXN: 'MX',
  MYR: 'MY',
  NOK: 'NO SJ',
  NZD: 'NZ',
  PLN: 'PL',
  RON: 'RO',
  SAR: 'SA',
  SEK: 'SE',
  SGD: 'SG',
  THB: 'TH',
  TRY: 'TR',
  ZAR: 'ZA',
};
const currencies: ReadonlyMap<string, string> = new Map(
  Object.entries(byCurrency).flatMap(([currency, countries]) =>
    countries.split(' ').map((country) => [country, currency] as const),
  ),
);

/**
 * The currency that a customer in this country is likely to be billed in: a first choice for the commonest countries, not
 * a statement about all of them.
 * @returns ISO 4217, or null where somebody has to choose
 */
export function likelyCurrency(country: string): string | null {
  return currencies.get(country.toUpperCase()) ?? null;
}
