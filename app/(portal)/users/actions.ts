'use server';

import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { actorAction } from '@/lib/actions/actor-action';
import { passwordMaximum } from '@/lib/auth/password-length';
import { createUserWithPassword } from '@/lib/users/create-with-password';
import { disableUser } from '@/lib/users/disable-user';
import { enableUser } from '@/lib/users/enable-user';
import { inviteAgain, inviteUser } from '@/lib/users/invite-user';
import { giveGrant, takeGrant } from '@/lib/users/manage-grants';
import { resetPassword } from '@/lib/users/reset-password';
import { createUserSchema, grantSchema, inviteUserSchema } from '@/lib/users/user-schema';

const oneUser = z.strictObject({ userId: z.uuid() });

export const createUserAction = actorAction('users.create', createUserSchema, ({ actor, input }) =>
  createUserWithPassword(actor, input),
);

export const inviteUserAction = actorAction('users.invite', inviteUserSchema, async ({ actor, input }) =>
  inviteUser(actor, input, await getTranslations()),
);

export const inviteAgainAction = actorAction('users.invite-again', oneUser, async ({ actor, input }) =>
  inviteAgain(actor, input.userId, await getTranslations()),
);

export const addGrantAction = actorAction('users.add-grant', grantSchema, async ({ actor, input }) => {
  await giveGrant(actor, input);
  return null;
});

export const removeGrantAction = actorAction('users.remove-grant', grantSchema, async ({ actor, input }) => {
  await takeGrant(actor, input);
  return null;
});

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
