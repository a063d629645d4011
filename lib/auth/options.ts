import 'server-only';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { requestFacts } from '../actions/request-facts';
import { env } from '../env';
import { log } from '../log';
import { liveSession } from './session';
import { authCookies, sessionMaxAgeSeconds } from './session-cookie';
import { signIn } from './sign-in';
import { signOutSession } from './sign-out';

/** What the sign-in page reads in next-auth's answer: `throttled.` and the seconds to wait. */
const throttledError = 'throttled.';

const tokenSchema = z.object({ sub: z.uuid() });

/** The row's id out of next-auth's token. */
function sessionIdOf(token: unknown): string | null {
  const parsed = tokenSchema.safeParse(token);
  return parsed.success ? parsed.data.sub : null;
}

/**
 * next-auth as Quayside uses it: e-mail and password, a token that carries the session row's id and nothing else, our
 * own page, and the row as judge. Made on first use, because it reads the environment.
 */
export function authOptions(): AuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: authCookies(),
    debug: false,
    logger: {
      error: (code) => log.warn({ code, kind: 'next-auth' }, 'next-auth'),
      warn: () => {},
      debug: () => {},
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials) {
          const ending = await signIn(credentials, await requestFacts());
          // next-auth hands an error's text to the page; this one carries a number of seconds and nothing else.
          if (ending.kind === 'throttled') throw new Error(`${throttledError}${ending.waitSeconds}`);
          return ending.kind === 'signed-in' ? { id: ending.sessionId } : null;
        },
      }),
    ],
    callbacks: {
      // To a page of ours, or to the overview.
      redirect: ({ url, baseUrl }) => {
        const target = URL.parse(url, baseUrl);
        return target !== null && target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
      },
      async jwt({ token, user }) {
        const sessionId = user === undefined ? sessionIdOf(token) : user.id;
        if (sessionId === null) throw new Error('not a token of ours');
        if (user === undefined && (await liveSession(sessionId)) === null) throw new Error('the session has ended');
        return { sub: sessionId };
      },
      // Nothing about the person reaches the browser by this way.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const sessionId = sessionIdOf(token);
        if (sessionId !== null) await signOutSession(sessionId);
      },
    },
  };
}
