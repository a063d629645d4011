import 'server-only';

import { createHash } from 'node:crypto';
import type { Json } from '../vendor';

/**
 * What may be kept of a JSON document. A path is keys joined by dots; `[]` after a key enters the items of an array, `#`
 * after a key enters JSON in a string, `{uuid}` and `{word}` stand for any key of that look. A path that starts with `-`
 * names a key that may be seen, with its value masked. `$` alone keeps a document that is one bare value.
 * Keys compare without case. What is not listed is masked; an unlisted key is only counted, as keys can carry data too.
 */
export interface AllowList {
  readonly root: AllowNode;
}

interface AllowNode {
  keep: boolean;
  readonly keys: Map<string, AllowNode>;
  items: AllowNode | null;
  json: AllowNode | null;
}

const newNode = (): AllowNode => ({ keep: false, keys: new Map(), items: null, json: null });

/** Builds an allow-list from its paths, such as `providerCustomers.{uuid}.margin.value` or `errors[].description[]`. */
export function allowList(paths: readonly string[]): AllowList {
  const root = newNode();
  for (const path of paths) {
    const seenOnly = path.startsWith('-');
    let node = root;
    const steps = (seenOnly ? path.slice(1) : path).split('.');
    for (const step of path === '$' ? [] : steps) {
      const match = /^(.*?)((?:\[\]|#)*)$/.exec(step);
      const key = (match?.[1] ?? step).toLowerCase();
      if (key !== '') {
        const next = node.keys.get(key) ?? newNode();
        node.keys.set(key, next);
        node = next;
      }
      for (const suffix of match?.[2]?.match(/\[\]|#/g) ?? []) {
        if (suffix === '#') {
          node.json ??= newNode();
          node = node.json;
        } else {
          node.items ??= newNode();
          node = node.items;
        }
      }
    }
    node.keep = !seenOnly;
  }
  return { root };
}

const uuidKey = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const wordKey = /^[a-z]{1,40}$/i;
/** Longer strings are cut, so that a record stays readable. */
const longestKept = 4000;

function nodeFor(node: AllowNode, key: string): AllowNode | undefined {
  return (
    node.keys.get(key.toLowerCase()) ??
    (uuidKey.test(key) ? node.keys.get('{uuid}') : undefined) ??
    (wordKey.test(key) ? node.keys.get('{word}') : undefined)
  );
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The mask of a value: its type and length, such as `‹string, 12 characters›`. */
export function maskOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return `‹string, ${counted(value.length, 'character')}›`;
  if (Array.isArray(value)) return `‹array, ${counted(value.length, 'item')}›`;
  if (typeof value === 'object') return `‹object, ${counted(Object.keys(value).length, 'key')}›`;
  return `‹${typeof value}›`;
}

/** Takes known secrets out of a text that is otherwise kept: a vendor may echo what it was sent, encoded or not. */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    // A secret of one or two characters would blank half of every sentence; none such exists.
    if (secret.length < 3) continue;
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
      clean = clean.replaceAll(form, '‹secret›');
    }
  }
  return clean;
}

/**
 * A copy of a parsed JSON document in which every value off the allow-list is replaced by its type and length.
 * @param secrets values that must not survive even in a listed string (client secret, token)
 */
export function redact(value: unknown, list: AllowList, secrets: readonly string[] = []): Json {
  return redactNode(value, list.root, secrets);
}

function redactNode(value: unknown, node: AllowNode, secrets: readonly string[]): Json {
  if (typeof value === 'string' && node.json !== null) return redactInner(value, node.json, secrets);
  if (Array.isArray(value)) {
    const { items } = node;
    return items === null ? maskOf(value) : value.map((item: unknown) => redactNode(item, items, secrets));
  }
  if (typeof value === 'object' && value !== null) {
    if (node.keys.size === 0) return maskOf(value);
    const kept: [string, Json][] = [];
    let others = 0;
    for (const [key, inner] of Object.entries(value)) {
      const next = nodeFor(node, key);
      if (next === undefined) others += 1;
      else kept.push([key, redactNode(inner, next, secrets)]);
    }
    if (others > 0) kept.push(['‹other keys›', others]);
    return Object.fromEntries(kept);
  }
  if (!node.keep) return maskOf(value);
  if (typeof value === 'string') {
    const clean = scrub(value, secrets);
    return clean.length <= longestKept ? clean : `${clean.slice(0, longestKept)}… ‹${clean.length} characters in all›`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** JSON in a string stays a string, masked within; a string that is no JSON is masked whole. */
function redactInner(text: string, node: AllowNode, secrets: readonly string[]): Json {
  const inner = parseJson(text);
  return inner.ok ? JSON.stringify(redactNode(inner.value, node, secrets)) : maskOf(text);
}

/** Parses JSON without throwing. */
export function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** What is kept of a body that is not JSON: its media type (without parameters), size and hash. */
export function describeBody(bytes: Buffer, contentType: string | null, { cut }: { readonly cut: boolean }): Json {
  const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,60}/.exec(contentType ?? '')?.[0].toLowerCase() ?? null;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return cut ? { mediaType, bytes: bytes.length, sha256, cut } : { mediaType, bytes: bytes.length, sha256 };
}

const longestHeader = 500;

/** The headers on the list, by lower-case name. `authorization`, cookies and anything unlisted leave no trace. */
export function redactHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  names: readonly string[],
  secrets: readonly string[] = [],
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (value === undefined || neverKept.has(key) || !names.includes(key)) continue;
    kept[key] = scrub(typeof value === 'string' ? value : value.join(', '), secrets).slice(0, longestHeader);
  }
  return kept;
}

const neverKept: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

/** The URL for the record: query values off the list become their type and length. Without user info, by construction. */
export function redactUrl(url: URL, keptQuery: readonly string[], secrets: readonly string[] = []): string {
  const query = [...url.searchParams].map(([key, value]) => {
    const name = /^[\w.-]{1,40}$/.test(key) ? key : maskOf(key);
    return `${name}=${keptQuery.includes(key) ? encodeURIComponent(scrub(value, secrets)) : maskOf(value)}`;
  });
  return `${url.origin}${scrub(url.pathname, secrets)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}
