import 'server-only';

import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { RecordedExchange } from '../exchange';
import type { Ending } from './classify';
import { AddressRefused, errorCode, TlsFailed } from './guard-address';

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export interface WireLimits {
  /** Covers connecting, writing, headers and body together. */
  readonly timeoutMs: number;
  /** The call's own deadline; whichever comes first ends the exchange. */
  readonly signal: AbortSignal;
  /** Longer answers are cut; nothing beyond is buffered. */
  readonly maxBytes: number;
}

/** What happened on the wire. `failure` is null when the whole answer came. */
export interface WireOutcome {
  readonly phase: RecordedExchange['phase'];
  readonly status: number | null;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly failure: string | null;
  /** Null when the whole answer came: then status and body decide. */
  readonly ending: Ending | null;
}

/**
 * Sends one request and waits for its end. Never throws, never repeats, never follows.
 *
 * It sits on `dispatch`, one level below undici's `request`, because only the handler's callbacks tell how far the
 * request came on *this* socket, fresh or reused: `onRequestStart` runs when a socket is up (TLS included) and undici is
 * about to write in the same turn of the loop. Before it, nothing left; from it on, the vendor may have everything.
 * A request that is given up while it waits for a socket is turned away there, so it cannot leave afterwards.
 */
export function exchange(dispatcher: Dispatcher, request: WireRequest, limits: WireLimits): Promise<WireOutcome> {
  return new Promise((resolve) => {
    let phase: RecordedExchange['phase'] = 'not-connected';
    let status: number | null = null;
    let headers: IncomingHttpHeaders = {};
    let controller: Dispatcher.DispatchController | null = null;
    let settled = false;
    let size = 0;
    const chunks: Buffer[] = [];

    const settle = (error: Error | null, failure: string | null) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      limits.signal.removeEventListener('abort', onAbort);
      if (error instanceof TlsFailed) phase = 'connected';
      const ending = failure === null ? null : toEnding({ phase, status, failure, error });
      resolve({ phase, status, headers, bytes: Buffer.concat(chunks), failure, ending });
    };
    const giveUp = (failure: 'timeout' | 'aborted' | 'too-large') => {
      settle(null, failure);
      controller?.abort(new Error(failure));
    };
    const onAbort = () => giveUp('aborted');
    const timer = setTimeout(() => giveUp('timeout'), limits.timeoutMs);
    if (limits.signal.aborted) {
      settle(null, 'aborted');
      return;
    }
    limits.signal.addEventListener('abort', onAbort, { once: true });

    dispatcher.dispatch(
      { ...request, headers: { ...request.headers }, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          // Given up meanwhile, or asked to write a second time: either way it does not leave from here.
          if (settled || controller !== null) {
            started.abort(new Error('given up before it was written'));
            return;
          }
          controller = started;
          phase = 'headers-written';
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          if (statusCode < 200) return;
          phase = 'answered';
          status = statusCode;
          headers = responseHeaders;
        },
        onResponseData(_controller, chunk) {
          if (settled) return;
          const room = limits.maxBytes - size;
          size += chunk.length;
          chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, room));
          if (size > limits.maxBytes) giveUp('too-large');
        },
        onResponseEnd() {
          // undici takes the socket back in the next turn of the loop: a caller that goes on at once would open another.
          clearTimeout(timer);
          limits.signal.removeEventListener('abort', onAbort); // the answer is here: no deadline takes it back
          queueMicrotask(() => setImmediate(settle, null, null));
        },
        onResponseError(_controller, error) {
          settle(error, errorCode(error) ?? error.name);
        },
      },
    );
  });
}

function toEnding(seen: {
  readonly phase: RecordedExchange['phase'];
  readonly status: number | null;
  readonly failure: string;
  readonly error: Error | null;
}): Ending {
  const { phase, status, failure, error } = seen;
  const inTime = failure !== 'timeout' && failure !== 'aborted';
  if (phase === 'not-connected' || phase === 'connected')
    return { ended: 'not-sent', reason: reasonNotSent(failure, error) };
  if (status !== null) {
    if (failure === 'too-large') return { ended: 'cut', status, reason: 'too-large' };
    return { ended: 'cut', status, reason: inTime ? 'lost' : 'timeout' };
  }
  if (!inTime) return { ended: 'no-answer', reason: 'timeout' };
  return { ended: 'no-answer', reason: /^HPE_|^HTTPParserError$|HEADERS_OVERFLOW/.test(failure) ? 'garbled' : 'lost' };
}

function reasonNotSent(failure: string, error: Error | null): Extract<Ending, { ended: 'not-sent' }>['reason'] {
  if (error instanceof AddressRefused) return 'address';
  if (error instanceof TlsFailed) return 'tls';
  if (failure === 'ENOTFOUND' || failure.startsWith('EAI_')) return 'dns';
  if (['timeout', 'aborted', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT'].includes(failure)) return 'timeout';
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET'].includes(failure)) return 'refused';
  return 'other';
}
