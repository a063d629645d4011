'use client';

import { useEffect, useState } from 'react';

const listeners = new Set<(now: number) => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function listen(listener: (now: number) => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    for (const each of listeners) each(Date.now());
  }, 15_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The present in milliseconds, moving every quarter of a minute; one timer for the whole page. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => listen(setNow), []);
  return now;
}
