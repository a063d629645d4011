/** Bounds of what an action takes: larger or deeper than any form of ours. */
const mostValues = 5_000;
const mostDepth = 12;

/**
 * Can a value from a browser be stored and hashed at all? Refuses NUL and lone surrogates (PostgreSQL cannot keep them),
 * prototype keys, and anything larger or deeper than a form.
 */
export function isStorable(value: unknown): boolean {
  let seen = 0;
  const check = (part: unknown, depth: number): boolean => {
    seen += 1;
    if (seen > mostValues || depth > mostDepth) return false;
    if (typeof part === 'string') return isStorableText(part);
    if (Array.isArray(part)) return part.length <= mostValues && part.every((item) => check(item, depth + 1));
    if (typeof part === 'object' && part !== null) {
      const prototype = Object.getPrototypeOf(part);
      if (prototype !== Object.prototype && prototype !== null) return false;
      return (
        Object.keys(part).every(
          (key) => !['__proto__', 'constructor', 'prototype'].includes(key) && isStorableText(key),
        ) && Object.values(part).every((item) => check(item, depth + 1))
      );
    }
    return typeof part !== 'function' && typeof part !== 'symbol' && typeof part !== 'bigint';
  };
  return check(value, 0);
}

/** Text without NUL and lone surrogates. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
