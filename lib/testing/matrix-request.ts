import 'server-only';
import { sealSessionId, sessionCookie } from '../auth/session-cookie';
import { env } from '../env';
import { setRequest, takeLater } from './request-store';

/** Begins a request from our own pages with a session (or nobody's), and the headers that differ from a browser's. */
export async function beginRequest({
  sessionId,
  differing = {},
}: {
  readonly sessionId: string | null;
  /** By name; null leaves a header out. */
  readonly differing?: Readonly<Record<string, string | null>>;
}): Promise<void> {
  const headers = new Headers({
    origin: env().NEXTAUTH_URL,
    'sec-fetch-site': 'same-origin',
    'x-quayside-client': '192.0.2.1',
  });
  for (const [name, value] of Object.entries(differing)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const cookie = sessionId === null ? [] : [[sessionCookie().name, await sealSessionId(sessionId)] as const];
  setRequest(headers, new Map(cookie));
}

/** Runs what the request left to be done after its answer. */
export async function finishRequest(): Promise<void> {
  for (const run of takeLater()) await run();
}
