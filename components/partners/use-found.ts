'use client';

import { useEffect, useState } from 'react';
import type { FoundPartner } from '@/lib/partners/partner-node';
import { fetchFound } from './fetch-partners';

export interface Found {
  /** The text that was looked for. */
  readonly query: string;
  readonly found: readonly FoundPartner[];
  readonly more: boolean;
  readonly failed: boolean;
}

const pauseMs = 200;

/** Partners that match what is typed, once typing pauses; null while nothing is typed. What was found last stays meanwhile. */
export function useFound(typed: string): Found | null {
  const query = typed.trim();
  const [answer, setAnswer] = useState<Found | null>(null);
  useEffect(() => {
    if (query === '') {
      setAnswer(null);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      fetchFound(query, stop.signal)
        .then((found) => setAnswer({ query, ...found, failed: false }))
        .catch(() => {
          if (!stop.signal.aborted) setAnswer({ query, found: [], more: false, failed: true });
        });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  return query === '' ? null : answer;
}
