const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** A country in words; a code that names none stays as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
}
