import { useEffect, useState } from 'react';

/** Whole seconds until an instant (milliseconds), counting down to 0; 0 when there is none. */
export function useCountdown(until: number | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const remaining = () => (until === null ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    setLeft(remaining());
    if (until === null) return;
    const timer = setInterval(() => {
      setLeft(remaining());
      if (remaining() === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

/** 75 as `1:15`. */
export function toClock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
