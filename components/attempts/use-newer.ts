'use client';

import { useEffect, useState } from 'react';

const everyMs = 15_000;

/** How many attempts have come since a row (100: that many or more). Asks every 15 seconds while the page is looked at. */
export function useNewer(query: string, since: string | null): number {
  const [newer, setNewer] = useState({ since, count: 0 });
  useEffect(() => {
    const abort = new AbortController();
    const parameters = new URLSearchParams(query);
    if (since !== null) parameters.set('since', since);
    async function ask() {
      if (document.visibilityState !== 'visible') return;
      try {
        const answer = await fetch(`/api/attempts/newer?${parameters}`, { signal: abort.signal });
        const body: unknown = answer.ok ? await answer.json() : null;
        const count: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'count') : null;
        if (typeof count === 'number' && !abort.signal.aborted) setNewer({ since, count });
      } catch {
        // The next round asks again; a list that is read needs no alarm about it.
      }
    }
    const timer = setInterval(() => void ask(), everyMs);
    document.addEventListener('visibilitychange', ask);
    return () => {
      abort.abort();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [query, since]);
  // The list has moved on since that answer.
  return newer.since === since ? newer.count : 0;
}
