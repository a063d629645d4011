/**
 * Some vendors answer every request with 200 and put their no inside. The record keeps it where the transport's failures
 * are: `answer:<the vendor's code>`, so that it is still known when the answer itself is erased. Pure.
 */
const mark = 'answer:';

/** As it is recorded. */
export function toRefusalInside(code: string): string {
  return `${mark}${code.slice(0, 60)}`;
}

/** The vendor's code; null where what was recorded is a failure of the transport, or nothing. */
export function refusalCode(failure: string | null): string | null {
  return failure?.startsWith(mark) === true ? failure.slice(mark.length) : null;
}
