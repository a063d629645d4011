import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults';
import type { ApiAnswer } from './request';
import type { SimulatedVendor } from './vendor';

/** Where an answer goes, and timers that end with the simulator. */
export interface Wire {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  later(ms: number, run: () => void): void;
}

/** The answer as documented: JSON, text, or no body at all. */
export function sendAnswer({ response }: Wire, { status, json, text: plain, headers = {} }: ApiAnswer): void {
  const text = plain ?? (json === undefined ? undefined : JSON.stringify(json));
  if (text === undefined) {
    response.writeHead(status, { 'content-length': 0, ...headers }).end();
    return;
  }
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/**
 * Ends a request as a fault has it. `good` is the answer it would have got; whether the request was applied was decided
 * before. Returns the status that was sent, or null when none was.
 */
export function sendFault<Own extends string>(
  wire: Wire,
  fault: Fault<Own>,
  { vendor, good, isToken }: { vendor: SimulatedVendor<Own>; good: ApiAnswer; isToken: boolean },
): number | null {
  const { request, response } = wire;
  const said = vendor.say(fault, good, { isToken });
  const answer = (fallback: ApiAnswer) => {
    sendAnswer(wire, said ?? fallback);
    return (said ?? fallback).status;
  };
  const raw = (status: number, contentType: string, text: string, headers: Record<string, string> = {}) => {
    const length = headers['content-length'] ?? String(Buffer.byteLength(text));
    response.writeHead(status, { 'content-type': contentType, ...headers, 'content-length': length });
    response.end(text);
    return status;
  };
  const text = JSON.stringify(good.json ?? null);
  const half = text.slice(0, Math.ceil(text.length / 2));

  switch (fault.ending) {
    case 'refuse':
      return answer({ status: 400 });
    case 'conflict':
      return answer({ status: 409 });
    case 'unauthorized':
    case 'expire-token':
      return answer({ status: 401 });
    case 'forbidden':
      return answer({ status: 403 });
    case 'not-found':
      return answer({ status: 404 });
    case 'request-timeout':
      return answer({ status: 408 });
    case 'error-before':
    case 'error-after':
      return answer({ status: 500 });
    case 'rate-limit':
      return raw(429, 'text/plain', 'Too many requests', { 'retry-after': fault.retryAfter ?? '1' });
    case 'rate-limit-bare':
      return raw(429, 'text/plain', 'Too many requests');
    case 'unavailable':
      return raw(503, 'text/html', '<html><body>Service unavailable</body></html>');
    case 'html':
      return raw(200, 'text/html; charset=utf-8', '<!doctype html><html><body>Maintenance</body></html>');
    case 'empty':
      return raw(good.status, 'application/json', '');
    case 'half-body':
      response.writeHead(good.status, { 'content-type': 'application/json', 'content-length': text.length });
      response.write(half, () => request.socket.destroy());
      return good.status;
    case 'truncated':
      return raw(good.status, 'application/json', half);
    case 'wrong-type':
      return raw(good.status, 'text/html; charset=utf-8', text);
    case 'wrong-shape':
      return answer({ status: good.status, json: { unexpected: true } });
    case 'reset-before':
    case 'reset-after':
      request.socket.resetAndDestroy();
      return null;
    case 'hang':
    case 'hang-after':
      return null;
    case 'delay':
      wire.later(fault.delayMs ?? 1000, () => sendAnswer(wire, good));
      return good.status;
    case 'redirect':
      return raw(302, 'text/plain', '', { location: 'https://elsewhere.example/moved' });
    case 'huge':
      return raw(good.status, 'application/json', `"${'x'.repeat(fault.bytes ?? 10 * 1024 * 1024)}"`);
    case 'garbled':
      request.socket.end('\u0000\u0001 this is not HTTP\r\n\r\n');
      return null;
    default: // `lag`, and the vendor's own
      return answer(good);
  }
}
