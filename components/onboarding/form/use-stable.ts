'use client';

import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that never changes its identity and always does what the newest one does: for subscriptions. */
export function useStable<Args extends readonly unknown[], Result>(
  newest: (...args: Args) => Result,
): (...args: Args) => Result {
  const current = useRef(newest);
  useLayoutEffect(() => {
    current.current = newest;
  }, [newest]);
  return useCallback((...args: Args) => current.current(...args), []);
}
