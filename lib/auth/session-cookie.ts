import 'server-only';
import { cookies } from 'next/headers';
import type { CookieOption, CookiesOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '../env';

/** A session ends this many seconds after its sign-in, whatever happens. */
export const sessionMaxAgeSeconds = 12 * 60 * 60;

/**
 * A cookie of ours. Over https it carries the `__Host-` prefix, so that no other host or path can set or shadow it; over
 * http (a sandbox) browsers would refuse such a name.
 */
function cookie(name: string): CookieOption {
  const secure = env().NEXTAUTH_URL.startsWith('https://');
  return {
    name: `${secure ? '__Host-' : ''}quayside.${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  };
}

/** Name and attributes of the cookie that carries the session. */
export function sessionCookie(): CookieOption {
  return cookie('session');
}

/** Every cookie that next-auth sets for a sign-in with e-mail and password. */
export function authCookies(): Partial<CookiesOptions> {
  return { sessionToken: sessionCookie(), csrfToken: cookie('csrf'), callbackUrl: cookie('callback') };
}

const tokenSchema = z.object({ sub: z.uuid() });

/** The cookie's value for a session: an encrypted token that carries the row's id and nothing else. */
export async function sealSessionId(sessionId: string): Promise<string> {
  return encode({ token: { sub: sessionId }, secret: env().NEXTAUTH_SECRET, maxAge: sessionMaxAgeSeconds });
}

/** The session's id out of a cookie's value, or null when the value is not ours, was changed or is too old. */
export async function parseSessionCookie(value: string): Promise<string | null> {
  // Whatever a browser sends is a value to judge: a token that cannot be opened is nobody's.
  const token = await decode({ token: value, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  const parsed = tokenSchema.safeParse(token);
  return parsed.success ? parsed.data.sub : null;
}

/** Puts a session into the browser, in place of the one it had. Within a server action or a handler. */
export async function setSessionCookie(sessionId: string): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, await sealSessionId(sessionId), { ...options, maxAge: sessionMaxAgeSeconds });
}

/** Takes the session out of the browser. Within a server action or a handler. */
export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
