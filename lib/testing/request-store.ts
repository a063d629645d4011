import 'server-only';
import { createElement } from 'react';

/**
 * Stands in for what Next gives to the code of a request: headers, cookies, work after the answer, translations. Everything
 * behind it is real: the cookie is opened, the session row is read, the actor is loaded, the database is asked.
 * Imports nothing of ours, because it is loaded in the place of modules that ours import.
 */
interface Request {
  readonly headers: Headers;
  readonly jar: Map<string, string>;
  readonly later: (() => unknown)[];
}

let current: Request = { headers: new Headers(), jar: new Map(), later: [] };

/** Begins a request. Returns nothing: what it leaves to be done is taken by `takeLater`. */
export function setRequest(headers: Headers, cookies: ReadonlyMap<string, string>): void {
  current = { headers, jar: new Map(cookies), later: [] };
}

/** What the request left to be done after its answer; each is handed out once. */
export function takeLater(): readonly (() => unknown)[] {
  return current.later.splice(0);
}

/** For `next/headers`. */
export const nextHeaders = {
  headers: async () => current.headers,
  cookies: async () => ({
    get: (name: string) => (current.jar.has(name) ? { name, value: current.jar.get(name) } : undefined),
    has: (name: string) => current.jar.has(name),
    set: (name: string, value: string) => current.jar.set(name, value),
  }),
};

/** For `next/server`. */
export function after(run: () => unknown): void {
  current.later.push(run);
}

/** A translation that shows its key and what is put into it, so that every value of a page can be looked through. */
export function translator() {
  const translate = (key: string, values: Readonly<Record<string, unknown>> = {}) =>
    `${key} ${JSON.stringify(values, (_, value) => (typeof value === 'function' ? undefined : value))}`;
  return Object.assign(translate, {
    rich: (key: string, values: Readonly<Record<string, unknown>> = {}) => createElement('span', values, key),
    markup: translate,
    raw: (key: string) => key,
    has: () => true,
  });
}
