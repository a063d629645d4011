import { parseId } from './place';

/** What somebody typed into a search box. */
export interface SearchTerm {
  readonly text: string;
  /** The text as an id in lower case, where it is one. */
  readonly id: string | null;
}

/** Shorter texts are looked for at the beginning only: an index of three-letter pieces knows nothing shorter. */
const substringFrom = 3;

/** The text of a search box, or null when it is empty. */
export function parseSearchTerm(typed: string | null | undefined): SearchTerm | null {
  // PostgreSQL keeps neither NUL nor lone surrogates, so nothing stored can contain them.
  const text = (typed ?? '').replaceAll('\0', '').trim().slice(0, 200).toWellFormed();
  return text === '' ? null : { text, id: parseId(text) };
}

/** A pattern for ILIKE that finds the text wherever it stands, with the wildcards in it taken literally. */
export function likePattern(text: string): string {
  return [...text].length < substringFrom ? likePrefix(text) : `%${likePrefix(text)}`;
}

/** A pattern for ILIKE that finds what begins with the text. */
export function likePrefix(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`;
}
