'use client';

/** How many attempts wait for a person, counted again since the page was loaded. One for the page: the frame shows it twice. */

const listeners = new Set<() => void>();
let count: number | null = null;
let asking = false;
let askAgain = false;
let shownAt: string | null = null;

function put(next: number | null): void {
  count = next;
  for (const listener of listeners) listener();
}

/** Null until it has been counted again: what came with the page holds. */
export const needingCount = (): number | null => count;

export function onNeedingCount(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page brought a count of its own, which is newer. */
export const forgetNeedingCount = (): void => put(null);

/** Counts again: something ended or was settled, or another page is shown. What cannot be read leaves the count as it is. */
export async function recountNeeding(): Promise<void> {
  askAgain = asking;
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch('/api/attempts/needing');
    const body: unknown = answer.ok ? await answer.json() : null;
    const counted: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'count') : null;
    if (typeof counted === 'number') put(counted);
  } catch {
    // The next page counts again; a number in the frame needs no alarm about it.
  }
  asking = false;
  // What changed while the question was on its way is not in its answer.
  if (askAgain) await recountNeeding();
}

/** Another page is shown: the frame around it stays, and what it brought may have become old. */
export function recountOnArrival(pathname: string): void {
  const arrived = shownAt !== null && shownAt !== pathname;
  shownAt = pathname;
  if (arrived) void recountNeeding();
}
