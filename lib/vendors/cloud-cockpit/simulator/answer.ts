import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults';
import { type ApiAnswer, envelope } from './routes';
import { invalidClient } from './token';

/** Where an answer goes, and timers that end with the simulator. */
export interface Wire {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  later(ms: number, run: () => void): void;
}

/** The answer as documented: JSON, or no body at all. */
export function sendAnswer({ response }: Wire, answer: ApiAnswer): void {
  if (answer.json === undefined) {
    response.writeHead(answer.status, { 'content-length': 0 }).end();
    return;
  }
  const text = JSON.stringify(answer.json);
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/**
 * Ends a request as a fault has it. `good` is the answer it would have got; whether the request was applied was decided
 * before. Returns the status that was sent, or null when none was.
 */
export function sendFault(wire: Wire, fault: Fault, good: ApiAnswer, { isToken }: { isToken: boolean }): number | null {
  const { request, response } = wire;
  const answer = (one: ApiAnswer) => {
    sendAnswer(wire, one);
    return one.status;
  };
  const raw = (status: number, contentType: string, text: string, headers: Record<string, string> = {}) => {
    const length = headers['content-length'] ?? String(Buffer.byteLength(text));
    response.writeHead(status, { 'content-type': contentType, ...headers, 'content-length': length });
    response.end(text);
    return status;
  };
  const text = JSON.stringify(good.json ?? null);
  const delayMs = fault.delayMs ?? 1000;

  switch (fault.ending) {
    case 'refuse':
      return answer(isToken ? invalidClient() : refusal(fault));
    case 'conflict':
      return answer(
        envelope(409, { type: 'ConflictException', description: fault.description ?? 'The customer already exists.' }),
      );
    case 'unauthorized':
    case 'expire-token':
      return answer({ status: 401 });
    case 'forbidden':
      return answer({ status: 403 });
    case 'not-found':
      return answer(envelope(404, { type: 'NotFoundException', description: 'The resource was not found.' }));
    case 'rate-limit':
      return raw(429, 'text/plain', 'Too many requests', { 'retry-after': fault.retryAfter ?? '1' });
    case 'rate-limit-bare':
      return raw(429, 'text/plain', 'Too many requests');
    case 'request-timeout':
      return answer({ status: 408 });
    case 'error-before':
    case 'error-after':
      return answer(envelope(500, { type: 'Exception', description: 'An unexpected error occurred.' }));
    case 'unavailable':
      return raw(503, 'text/html', '<html><body>Service unavailable</body></html>');
    case 'html':
      return raw(200, 'text/html; charset=utf-8', '<!doctype html><html><body>Maintenance</body></html>');
    case 'empty':
      return raw(good.status, 'application/json', '');
    case 'half-body':
      response.writeHead(good.status, { 'content-type': 'application/json', 'content-length': text.length });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
      return good.status;
    case 'truncated':
      return raw(good.status, 'application/json', text.slice(0, Math.ceil(text.length / 2)));
    case 'wrong-type':
      return raw(good.status, 'text/html; charset=utf-8', text);
    case 'wrong-shape':
      return answer({ status: good.status, json: { id: good.json } });
    case 'reset-before':
    case 'reset-after':
      request.socket.resetAndDestroy();
      return null;
    case 'hang':
    case 'hang-after':
      return null;
    case 'delay':
      wire.later(delayMs, () => sendAnswer(wire, good));
      return good.status;
    case 'redirect':
      return raw(302, 'text/plain', '', { location: 'https://elsewhere.example/v1/Customers' });
    case 'huge':
      return raw(good.status, 'application/json', `"${'x'.repeat(fault.bytes ?? 10 * 1024 * 1024)}"`);
    case 'bare-id':
      return raw(good.status, 'text/plain; charset=utf-8', typeof good.json === 'string' ? good.json : text);
    case 'status-200':
      return answer({ ...good, status: 200 });
    case 'garbled':
      request.socket.end('\u0000\u0001 this is not HTTP\r\n\r\n');
      return null;
    case 'lag':
    case 'quoted-id':
      return answer(good);
  }
}

function refusal(fault: Fault): ApiAnswer {
  return envelope(400, {
    type: 'ValidationException',
    description: fault.description ?? 'One or more validation errors occurred.',
    errors: fault.errors ?? [{ propertyName: 'CompanyName', description: ['The company name is not accepted.'] }],
  });
}
