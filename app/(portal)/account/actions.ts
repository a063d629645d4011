'use server';

import { z } from 'zod';
import { changePassword } from '@/lib/account/change-password';
import { revokeOwnSessions } from '@/lib/account/revoke-own-sessions';
import { setTimeZone } from '@/lib/account/set-time-zone';
import { isTimeZone } from '@/lib/account/time-zones';
import { actorAction } from '@/lib/actions/actor-action';
import { passwordMaximum } from '@/lib/auth/password-length';
import { clearSessionCookie, setSessionCookie } from '@/lib/auth/session-cookie';
import { signOutSession } from '@/lib/auth/sign-out';

const password = z.string().min(1).max(passwordMaximum);

export const changePasswordAction = actorAction(
  'account.change-password',
  z.strictObject({ currentPassword: password, newPassword: password }),
  async ({ actor, input, request }) => {
    await setSessionCookie(await changePassword(actor, input, request));
    return null;
  },
);

export const setTimeZoneAction = actorAction(
  'account.set-time-zone',
  z.strictObject({ timeZone: z.string().refine(isTimeZone, 'This is not a time zone.') }),
  async ({ actor, input }) => {
    await setTimeZone(actor, input.timeZone);
    return null;
  },
);

export const revokeSessionAction = actorAction(
  'account.revoke-session',
  z.strictObject({ which: z.union([z.uuid(), z.literal('others')]) }),
  async ({ actor, input }) => ({ ended: await revokeOwnSessions(actor, input.which) }),
);

export const signOutAction = actorAction('account.sign-out', z.strictObject({}), async ({ actor }) => {
  if (actor.sessionId !== null) await signOutSession(actor.sessionId);
  await clearSessionCookie();
  return null;
});
