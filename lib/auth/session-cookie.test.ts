import { encode } from 'next-auth/jwt';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { env, forgetEnv } from '../env';
import { authOptions } from './options';
import { authCookies, parseSessionCookie, sealSessionId, sessionCookie } from './session-cookie';

const address = process.env.NEXTAUTH_URL;
function servedAt(url: string): void {
  process.env.NEXTAUTH_URL = url;
  forgetEnv();
}
afterEach(() => servedAt(address ?? ''));

describe('S21 cookies', () => {
  test('over https are __Host-, Secure, HttpOnly, SameSite=Lax for the whole site and no domain', () => {
    servedAt('https://portal.example');
    expect(Object.values(authCookies()).map((cookie) => cookie.name)).toEqual([
      '__Host-quayside.session',
      '__Host-quayside.csrf',
      '__Host-quayside.callback',
    ]);
    for (const { options } of Object.values(authCookies())) {
      expect(options).toEqual({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' });
    }
  });

  test('over http (a sandbox) keep HttpOnly and SameSite=Lax under plain names', () => {
    servedAt('http://localhost:3000');
    expect(Object.values(authCookies()).map((cookie) => cookie.name)).toEqual([
      'quayside.session',
      'quayside.csrf',
      'quayside.callback',
    ]);
    for (const { options } of Object.values(authCookies())) {
      expect(options).toEqual({ secure: false, httpOnly: true, sameSite: 'lax', path: '/' });
    }
  });

  test('are the ones next-auth is given, with a life of 12 hours', () => {
    servedAt('https://portal.example');
    const { cookies, session, debug } = authOptions();
    expect(cookies?.sessionToken).toEqual(sessionCookie());
    expect(session).toMatchObject({ strategy: 'jwt', maxAge: 12 * 60 * 60 });
    expect(debug).toBe(false);
  });
});

describe('a session cookie', () => {
  test('carries the id of its row', async () => {
    const id = uuidv7();
    expect(await parseSessionCookie(await sealSessionId(id))).toBe(id);
  });

  test('that was changed, made with another key, has ended or is no token is nobody', async () => {
    const id = uuidv7();
    const good = await sealSessionId(id);
    const middle = Math.floor(good.length / 2);
    const flipped = `${good.slice(0, middle)}${good.charAt(middle) === 'A' ? 'B' : 'A'}${good.slice(middle + 1)}`;
    const foreign = await encode({ token: { sub: id }, secret: 'another secret of thirty-two chars' });
    const ended = await encode({ token: { sub: id }, secret: env().NEXTAUTH_SECRET, maxAge: -60 });
    const noId = await encode({ token: { sub: 'admin' }, secret: env().NEXTAUTH_SECRET });
    for (const value of [flipped, foreign, ended, noId, '', 'x', 'a.b.c.d.e']) {
      expect(await parseSessionCookie(value)).toBeNull();
    }
  });
});
