import { parseId } from './place';

/**
 * The values of one filter as its URL parameter names them (repeated per value). A value that does not exist matches
 * nothing, rather than being dropped: a link must never show more than its chips say.
 */
export interface Chosen<Value extends string> {
  readonly values: readonly Value[];
  /** Something was asked for, and none of it can exist. */
  readonly impossible: boolean;
}

function chosen<Value extends string>(asked: readonly string[], parse: (text: string) => Value | null): Chosen<Value> {
  const values = [...new Set(asked.map(parse).filter((value) => value !== null))].slice(0, 50);
  return { values, impossible: asked.length > 0 && values.length === 0 };
}

function asked(query: URLSearchParams, key: string): readonly string[] {
  return query.getAll(key).filter((text) => text.trim() !== '');
}

/** Ids chosen in a filter. */
export function chosenIds(query: URLSearchParams, key: string): Chosen<string> {
  return chosen(asked(query, key), parseId);
}

/** Words chosen in a filter, out of those that exist. */
export function chosenWords<const Word extends string>(
  query: URLSearchParams,
  key: string,
  words: readonly Word[],
): Chosen<Word> {
  return chosen(asked(query, key), (text) => words.find((word) => word === text) ?? null);
}
