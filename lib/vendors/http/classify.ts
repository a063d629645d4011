import type { Effect, VendorErrorKind } from '../vendor';

/** How an exchange ended, as the HTTP client saw it. Phases come from undici's own callbacks, not from error names. */
export type Ending =
  /** No byte of the request was handed to the socket. */
  | { readonly ended: 'not-sent'; readonly reason: 'address' | 'dns' | 'refused' | 'tls' | 'timeout' | 'other' }
  /** The request was written; no status line came back. */
  | { readonly ended: 'no-answer'; readonly reason: 'timeout' | 'lost' | 'garbled' }
  /** The status line came, the body did not come whole. */
  | { readonly ended: 'cut'; readonly status: number; readonly reason: 'timeout' | 'lost' | 'too-large' }
  /** The whole answer came. `fits`: a status and a body that the contract of this request allows. */
  | { readonly ended: 'answered'; readonly status: number; readonly fits: boolean };

export interface Verdict {
  readonly kind: VendorErrorKind;
  readonly effect: Effect;
  /** May be tried again by a person as it stands. */
  readonly retryable: boolean;
}

/**
 * The table: what an ending means, judged by one question, *can it have taken effect?* Pure; its test is the table.
 * @param canTakeEffect false for reads and token calls: whatever became of them, nothing was changed
 * @returns null for success
 */
export function classify(ending: Ending, { canTakeEffect }: { readonly canTakeEffect: boolean }): Verdict | null {
  const unknown = (kind: VendorErrorKind): Verdict =>
    canTakeEffect ? { kind, effect: 'unknown', retryable: false } : { kind, effect: 'none', retryable: true };
  const none = (kind: VendorErrorKind, retryable = false): Verdict => ({ kind, effect: 'none', retryable });

  switch (ending.ended) {
    case 'not-sent':
      return none('unreachable', ending.reason !== 'address');
    case 'no-answer':
      if (ending.reason === 'garbled') return unknown('invalid-reply');
      return unknown(ending.reason === 'timeout' ? 'timeout' : 'connection-lost');
    case 'cut':
      // A refusal is told by its status line; the lost body would only have said why.
      if (ending.status >= 300)
        return classify({ ended: 'answered', status: ending.status, fits: false }, { canTakeEffect });
      if (ending.reason === 'too-large') return unknown('invalid-reply');
      return unknown(ending.reason === 'timeout' ? 'timeout' : 'connection-lost');
    case 'answered':
      if (ending.fits) return null;
      return byStatus(ending.status);
  }

  function byStatus(status: number): Verdict {
    if (status === 401) return none('unauthorized');
    if (status === 403) return none('forbidden');
    if (status === 429) return none('rate-limited', true);
    if (status === 408) return unknown('vendor-failure');
    if (status >= 400 && status < 500) return none('rejected');
    if (status >= 500 && status < 600) return unknown('vendor-failure');
    return unknown('invalid-reply');
  }
}

/**
 * Seconds to wait by a `Retry-After` header (RFC 9110, 10.2.3): a number of seconds or an HTTP-date.
 * @param nowMs the present, as epoch milliseconds
 * @returns whole seconds, rounded up, never below 0; null when the header is absent or says nothing
 */
export function retryAfterSeconds(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Only the three date forms of HTTP: `Date.parse` alone would take "-5" or "12" for a year.
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMs) / 1000));
}
