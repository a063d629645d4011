import { parseId } from './place';

/** What somebody typed into a search box. */
export interface SearchTerm {
  readonly text: string;
  /** The text as an id in lower case, where it is one. */
  readonly id: string | null;
  /** Where the text is the beginning of an id of ours: the lowest and the highest id that begin so. */
  readonly range: { readonly lowest: string; readonly highest: string } | null;
  /** Beginnings of an id of a vendor, which are compared as they are written, in capitals and in small letters. */
  readonly prefixes: readonly string[];
}

/** Shorter beginnings of an id are not looked for: too many begin so. */
const prefixFrom = 6;

/** Shorter texts are looked for at the beginning only: an index of three-letter pieces knows nothing shorter. */
const substringFrom = 3;

/** The text of a search box, or null when it is empty. */
export function parseSearchTerm(typed: string | null | undefined): SearchTerm | null {
  // PostgreSQL keeps neither NUL nor lone surrogates, so nothing stored can contain them.
  const text = (typed ?? '').replaceAll('\0', '').trim().slice(0, 200).toWellFormed();
  if (text === '') return null;
  const id = parseId(text);
  const prefixes = id === null && [...text].length >= prefixFrom ? spellings(text) : [];
  return { text, id, range: id === null ? idRange(text) : null, prefixes };
}

/** A text as it is, in small letters and in capitals: how vendors may write an id. */
export function spellings(text: string): readonly string[] {
  return [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
}

const dashesAfter = [8, 12, 16, 20];

/** The ids that begin with a text of hexadecimal digits, dashes where an id has them or nowhere; null for any other text. */
function idRange(text: string): SearchTerm['range'] {
  const digits = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < prefixFrom || digits.length >= 32) return null;
  const written = toId(digits);
  const next = dashesAfter.includes(digits.length) ? `${written}-` : written;
  if (text.includes('-') && ![written, next].includes(text.toLowerCase())) return null;
  return { lowest: toId(digits.padEnd(32, '0')), highest: toId(digits.padEnd(32, 'f')) };
}

function toId(digits: string): string {
  return [...digits].map((digit, place) => (dashesAfter.includes(place) ? `-${digit}` : digit)).join('');
}

/** A pattern for ILIKE that finds the text wherever it stands, with the wildcards in it taken literally. */
export function likePattern(text: string): string {
  return [...text].length < substringFrom ? likePrefix(text) : `%${likePrefix(text)}`;
}

/** A pattern for ILIKE that finds what begins with the text. */
export function likePrefix(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`;
}
