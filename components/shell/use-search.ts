'use client';

import { useEffect, useState } from 'react';
import { parseResults, type SearchResult } from './palette-items';

export type SearchState =
  | { readonly step: 'idle' | 'searching' | 'failed' | 'signed-out'; readonly results: readonly SearchResult[] }
  | { readonly step: 'done'; readonly query: string; readonly results: readonly SearchResult[] };

const pauseMs = 180;
const nothing: SearchState = { step: 'idle', results: [] };

/** Asks GET /api/search when typing pauses; an answer that comes after the next question is dropped. */
export function useSearch(query: string): SearchState {
  const [state, setState] = useState<SearchState>(nothing);
  useEffect(() => {
    if (query === '') {
      setState(nothing);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      setState((known) => ({ step: 'searching', results: known.results }));
      try {
        const answer = await fetch(`/api/search?${new URLSearchParams({ q: query })}`, { signal: abort.signal });
        if (!answer.ok) {
          setState({ step: answer.status === 401 ? 'signed-out' : 'failed', results: [] });
          return;
        }
        const results = parseResults(await answer.json());
        if (!abort.signal.aborted) setState({ step: 'done', query, results });
      } catch {
        if (!abort.signal.aborted) setState({ step: 'failed', results: [] });
      }
    }, pauseMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [query]);
  return state;
}
