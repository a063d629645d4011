import 'server-only';
import { headers } from 'next/headers';
import { env } from '../env';

export interface RequestFacts {
  /** The client's address, as our own server in front of Next saw it. */
  readonly address: string;
  readonly userAgent: string;
  /** Did the browser say that the request comes from our own pages? */
  readonly sameOrigin: boolean;
}

/**
 * May a request with these headers act? Next runs an action without an Origin and with a foreign Origin beside a matching
 * X-Forwarded-Host, so we compare ourselves: the Origin must be our public address, and Sec-Fetch-Site, where the browser
 * sends it, must say `same-origin`.
 */
export function isSameOrigin(given: { origin: string | null; fetchSite: string | null }, publicUrl: string): boolean {
  if (given.origin === null || given.origin !== new URL(publicUrl).origin) return false;
  return given.fetchSite === null || given.fetchSite === 'same-origin';
}

/** What the current request says about where it comes from. */
export async function requestFacts(): Promise<RequestFacts> {
  const given = await headers();
  return {
    address: given.get('x-quayside-client') ?? 'unknown',
    userAgent: (given.get('user-agent') ?? '').slice(0, 300),
    sameOrigin: isSameOrigin(
      { origin: given.get('origin'), fetchSite: given.get('sec-fetch-site') },
      env().NEXTAUTH_URL,
    ),
  };
}
