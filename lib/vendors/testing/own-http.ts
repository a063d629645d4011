import { VendorHttp } from '../http/client';
import type { Clock } from '../http/retry';

/** Sockets and tokens of a test's own, and a clock that never waits. */
export interface OwnHttp {
  readonly http: VendorHttp;
  /** Milliseconds that the client would have waited between tries. */
  readonly waits: number[];
  /** Lets time pass for our side alone, which the age of tokens is told by. */
  advance(ms: number): void;
}

export function ownHttp(): OwnHttp {
  const waits: number[] = [];
  let offsetMs = 0;
  const clock: Clock = {
    now: () => Date.now() + offsetMs,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      waits.push(ms);
      signal.throwIfAborted();
    },
  };
  return {
    http: new VendorHttp({ clock }),
    waits,
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}
