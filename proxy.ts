import { type NextRequest, NextResponse } from 'next/server';

/**
 * Content security policy with a nonce of this request. Next reads the nonce from the policy on the request and puts it
 * on its own scripts; the root layout reads `x-nonce` for ours. `x-quayside-path` tells a page where it is, so that somebody
 * who has to sign in first comes back. This file does nothing else: it guards no data.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
  // React's development build explains errors with eval; the built app has no need of it.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions and sizes that components compute; an attribute cannot load or run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
  ].join('; ');

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-quayside-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/** Everything but hashed files: handlers too, since a missing one is answered with a page. */
export const config = { matcher: ['/((?!_next/static/).*)'] };
