import type { Json } from './vendor';

/** What of a call is kept for the record. Client-safe: types only. */

export type ExchangePurpose = 'token' | 'create' | 'find' | 'lookup' | 'probe';

/** One HTTP request and its answer, as it may be stored: masked by allow-list before it gets here. */
export interface RecordedExchange {
  readonly purpose: ExchangePurpose;
  /** HTTP method, and after it the name of the call where one address serves many: `POST AddPartner`. */
  readonly method: string;
  /** Full URL; query values off the allow-list are masked. */
  readonly url: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** How far the request came, by undici's own signals. `connected`: TCP is up, TLS is not; nothing of the request was written. */
  readonly phase: 'not-connected' | 'connected' | 'headers-written' | 'answered';
  readonly status: number | null;
  /** Error code of the transport (`ECONNREFUSED`, `UND_ERR_SOCKET`, `timeout` …); of a no within a 200 `answer:<code>`; or null. */
  readonly failure: string | null;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Json;
  readonly requestBytes: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Masked JSON, or for anything else `{ mediaType, bytes, sha256 }`. */
  readonly responseBody: Json;
  readonly responseBytes: number;
}
