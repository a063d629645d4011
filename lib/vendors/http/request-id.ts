import type { IncomingHttpHeaders } from 'node:http';

/** Headers in which vendors give a request's id, as far as they say or are seen to. */
const names = ['x-request-id', 'request-id', 'x-ms-request-id', 'x-correlation-id'] as const;

/**
 * The vendor's own id of a request: what its support asks for. Ours comes back as an echo and says nothing.
 * @param ours our correlation id, where it was sent
 */
export function requestIdOf(headers: IncomingHttpHeaders, ours: string | null): string | null {
  const found = names.map((name) => headers[name]).find((id) => typeof id === 'string' && id !== '' && id !== ours);
  return typeof found === 'string' ? found : null;
}
