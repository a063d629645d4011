/** One value that a person typed or chose. */
export interface TypedValue {
  readonly path: string;
  readonly value: string;
}

/**
 * The values in a form's part that differ from the part as it opens, flat, in order. Pure.
 * @param value what the form holds
 * @param before the same part, untouched
 */
export function toTyped(value: unknown, before: unknown, path = ''): readonly TypedValue[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) =>
      toTyped(inner, memberOf(before, key), path === '' ? key : `${path}.${key}`),
    );
  }
  return value === before ? [] : [{ path, value: String(value) }];
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}
