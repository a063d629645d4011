'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Snapshot } from './snapshot';

const settleMs = 150;

interface LiveSnapshot {
  /** As of a moment ago: what the page draws from. */
  readonly snapshot: Snapshot;
  /** As of now: what an act takes. */
  readonly now: () => Snapshot;
  readonly change: (part: Partial<Snapshot>, at?: 'once') => void;
}

/** What is typed and chosen. Typing reaches the page a moment later, so that the rules are not asked at every key. */
export function useSnapshot(first: () => Snapshot): LiveSnapshot {
  const [snapshot, setSnapshot] = useState(first);
  const live = useRef(snapshot);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const now = useCallback(() => live.current, []);
  const change = useCallback((part: Partial<Snapshot>, at?: 'once') => {
    live.current = { ...live.current, ...part };
    clearTimeout(timer.current);
    if (at === 'once') setSnapshot(live.current);
    else timer.current = setTimeout(() => setSnapshot(live.current), settleMs);
  }, []);
  return { snapshot, now, change };
}
