import { stringify } from 'csv-stringify/sync';

/** What one cell may hold. */
export type Cell = string | number | boolean | null;

/** How spreadsheets begin a formula, in the forms they accept, also behind blanks or a byte order mark. */
const formula = /^[\s\p{Cc}\ufeff]*[=+\-@＝＋－＠]/u;
/** The same behind what some spreadsheet takes for the end of a cell. */
const formulaInside = /[\t\r\n;,|]["'\s]*[=+\-@＝＋－＠]/u;
const leadingControl = /^[\t\r\n]/;

/**
 * A text that no spreadsheet runs: where it could be read as a formula it gets a leading apostrophe, which a spreadsheet
 * shows as text. Numbers of ours are no text and stay as they are.
 */
export function toSafeText(text: string): string {
  return formula.test(text) || formulaInside.test(text) || leadingControl.test(text) ? `'${text}` : text;
}

/** Rows as RFC 4180: every cell in quotes, quotes doubled, lines ended by CR LF. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  const safe = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? toSafeText(cell) : cell)));
  return stringify(safe, { quoted: true, quoted_empty: true, record_delimiter: '\r\n', cast: { boolean: String } });
}
