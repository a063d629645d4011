'use server';

import { z } from 'zod';
import { actorAction } from '@/lib/actions/actor-action';
import { passwordMaximum } from '@/lib/auth/password-length';
import { disableUser } from '@/lib/users/disable-user';
import { enableUser } from '@/lib/users/enable-user';
import { resetPassword } from '@/lib/users/reset-password';

const oneUser = z.strictObject({ userId: z.uuid() });

export const disableUserAction = actorAction('users.disable', oneUser, async ({ actor, input }) => {
  await disableUser(actor, input.userId);
  return null;
});

export const enableUserAction = actorAction('users.enable', oneUser, async ({ actor, input }) => {
  await enableUser(actor, input.userId);
  return null;
});

export const resetPasswordAction = actorAction(
  'users.reset-password',
  z.strictObject({ userId: z.uuid(), password: z.string().min(1).max(passwordMaximum).nullable() }),
  async ({ actor, input }) => ({ password: await resetPassword(actor, input.userId, input.password) }),
);
