import 'server-only';
import type { Actor } from '../auth/actor';
import { generatePassword, hashPassword, passwordProblem } from '../auth/passwords';
import { asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { insertUser, withEmailSentence } from './insert-user';
import type { CreateUserInput } from './user-schema';

/**
 * Adds a user of a partner of the actor's branch who can sign in at once, with a first role at that partner.
 * @returns the generated password, to be shown once and kept nowhere; null when it was typed
 * @throws NotFound, Forbidden, Conflict (an e-mail address in use, a password that cannot be used)
 */
export async function createUserWithPassword(
  actor: Actor,
  { password: typed, ...input }: CreateUserInput,
): Promise<{ readonly userId: string; readonly password: string | null }> {
  const password = typed ?? generatePassword();
  // Before the transaction: hashing takes its time on purpose, and rows should not be held for it.
  const hash = await hashPassword(password);
  const userId = await withEmailSentence(() =>
    asActor(actor, async (tx) => {
      const added = await insertUser(tx, actor, input);
      const problem = typed === null ? null : passwordProblem(typed, { ...input, partnerName: added.partnerName });
      if (problem !== null) throw new Conflict('The user was not created.', { password: [problem] });
      await tx.$executeRaw`select password_put(${added.userId}::uuid, ${hash})`;
      return added.userId;
    }),
  );
  return { userId, password: typed === null ? password : null };
}
