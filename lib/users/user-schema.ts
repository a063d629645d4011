import * as z from 'zod/mini';
import { passwordMaximum } from '../auth/password-length';
import { roles } from '../auth/permissions';

/** What the forms about users send. Client-safe: the forms judge by the same rules. */

const newUser = {
  /** Where the person belongs, and where the first role holds. */
  partnerId: z.uuid(),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(255)),
  email: z.string().check(z.trim(), z.maxLength(254), z.email()),
  role: z.enum(roles),
} as const;

export const inviteUserSchema = z.strictObject(newUser);
export type InviteUserInput = z.infer<typeof inviteUserSchema>;

/** With a password to hand over: the typed one, or a generated one for null. */
export const createUserSchema = z.strictObject({
  ...newUser,
  password: z.nullable(z.string().check(z.minLength(1), z.maxLength(passwordMaximum))),
});
export type CreateUserInput = z.infer<typeof createUserSchema>;

export const grantSchema = z.strictObject({ userId: z.uuid(), role: z.enum(roles), partnerId: z.uuid() });
export type GrantInput = z.infer<typeof grantSchema>;
