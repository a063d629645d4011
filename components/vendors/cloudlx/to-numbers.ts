/** A field's list of ids as texts, whatever the form holds for it. */
export function toNumbers(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one: unknown) => typeof one === 'string') : [];
}

/** The list with an id in it, or without it. */
export function withNumber(list: readonly string[], id: string, isIn: boolean): readonly string[] {
  const others = list.filter((one) => one !== id);
  return isIn ? [...others, id] : others;
}
