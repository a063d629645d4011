/** What a person typed or chose in one field. */
export interface TypedValue {
  readonly path: string;
  /** One, or those of a list; none where the field opened filled and was emptied. */
  readonly values: readonly (string | boolean)[];
}

/**
 * What a form's part holds, flat, in order: what was typed, and every choice, the one it opened with too, as it is sent like
 * the others. A switch that was left alone is no choice. Pure.
 * @param value what the form holds
 * @param before the same part, untouched
 */
export function toTyped(value: unknown, before: unknown, path = ''): readonly TypedValue[] {
  if (isEmpty(value)) return isEmpty(before) ? [] : [{ path, values: [] }];
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
    return [{ path, values: value.map(String) }];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      toTyped(inner, memberOf(before, key), path === '' ? key : `${path}.${key}`),
    );
  }
  if (typeof value === 'boolean') return value === (before ?? false) ? [] : [{ path, values: [value] }];
  return [{ path, values: [String(value)] }];
}

/** Nothing typed, nothing chosen. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}
