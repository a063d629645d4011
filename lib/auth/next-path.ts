/**
 * Where to go after a sign-in: a path within the portal, or the overview. Client-safe. Refuses what a browser would read
 * as another site (`//host`, `/\host`, a scheme) and the sign-in page itself.
 */
export function toNextPath(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/') || next.length > 1_000) return '/';
  // Parsed as a browser does, which drops tabs and reads a backslash as a slash.
  const base = 'http://portal.invalid';
  const url = URL.parse(next, base);
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return '/';
  if (url.pathname === '/sign-in' || url.pathname.startsWith('/api/')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
