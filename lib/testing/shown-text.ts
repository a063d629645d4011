import 'server-only';
import { isValidElement } from 'react';

/**
 * Everything a page hands to the browser, as one text: its elements with all their properties, server components called
 * and awaited. A component that needs hooks is a client component: what it gets is looked through, not what it draws.
 */
export async function shownText(node: unknown): Promise<string> {
  const words: string[] = [];
  await collect(node, words, new Set());
  return words.join('\n');
}

/** The texts of all messages travel with a page; nobody's data is among them. */
const leftOut = new Set(['messages', 'children']);

async function collect(node: unknown, words: string[], seen: Set<object>): Promise<void> {
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') {
    words.push(String(node));
    return;
  }
  if (typeof node !== 'object' || node === null || seen.has(node)) return;
  seen.add(node);
  if (node instanceof Promise) return collect(await node, words, seen);
  if (node instanceof Date) return collect(node.toISOString(), words, seen);
  if (isValidElement<Readonly<Record<string, unknown>>>(node)) {
    for (const [name, value] of Object.entries(node.props)) if (!leftOut.has(name)) await collect(value, words, seen);
    await collect(node.key, words, seen);
    return collect(drawn(node.type, node.props), words, seen);
  }
  if (Symbol.iterator in node && typeof node[Symbol.iterator] === 'function') {
    for (const item of Array.from(Object(node))) await collect(item, words, seen);
    return;
  }
  for (const value of Object.values(node)) await collect(value, words, seen);
}

/** What a component makes of its properties; its children where it is no server component. */
function drawn(type: unknown, props: Readonly<Record<string, unknown>>): unknown {
  if (typeof type !== 'function') return props.children;
  const { error } = console;
  // React says so in the console when a hook is called outside of its rendering, before it throws.
  console.error = () => undefined;
  try {
    return Reflect.apply(type, undefined, [props]);
  } catch (failure) {
    if (isForBrowser(failure)) return props.children;
    throw failure;
  } finally {
    console.error = error;
  }
}

function isForBrowser(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false;
  return /reading 'use|Class constructor|(window|document|navigator) is not defined|Client Component/.test(
    failure.message,
  );
}
