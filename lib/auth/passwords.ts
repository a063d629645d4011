import 'server-only';
import { randomBytes, randomInt } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';
import { isGuessable } from './common-passwords';
import { passwordMaximum, passwordMinimum } from './password-length';

/** argon2id (the library's algorithm by default) as OWASP's cheat sheet sets it: 46 MiB, one pass, one lane. */
const cost: Options = { memoryCost: 46 * 1024, timeCost: 1, parallelism: 1 };

/** The same characters typed on another system give the same bytes. */
function toBytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

/** The stored form of a password: a PHC string with salt and parameters. */
export async function hashPassword(password: string): Promise<string> {
  return hash(toBytes(password), cost);
}

let nobody: Promise<string> | undefined;

/**
 * Is this the password? For an account that is not there pass null: it takes as long, and the answer is no.
 * @param stored the PHC string, or null
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(24).toString('base64'));
  const dummy = await nobody;
  const matches = await verify(stored ?? dummy, toBytes(password));
  return stored !== null && matches;
}

/** Whose password it is to be: what a guesser would try first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  readonly partnerName: string;
}

/** The sentence that says why a password cannot be used, or null when it can. */
export function passwordProblem(password: string, owner: PasswordOwner): string | null {
  const length = [...password].length;
  if (length < passwordMinimum)
    return `Use at least ${passwordMinimum} characters. Four or more unrelated words make a good password.`;
  if (length > passwordMaximum) return `Use at most ${passwordMaximum} characters.`;
  if (isGuessable(password, [owner.email, owner.name, owner.partnerName])) {
    return 'This password is easy to guess: it is made of common words, a pattern, or names that go with this account. Use something unrelated.';
  }
  return null;
}

/** Without characters that are read as each other (0 o, 1 l i). */
const legible = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A new password to hand over: 25 random characters in groups of five, about 120 bits. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => legible.charAt(randomInt(legible.length))).join('');
  return Array.from({ length: 5 }, group).join('-');
}
