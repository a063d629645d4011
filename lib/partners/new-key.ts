import 'server-only';
import { randomInt } from 'node:crypto';

/** Without letters that make words, and without what is read as each other. */
const letters = '23456789bcdfghjkmnpqrstvwxz';

/**
 * A key for a new partner: its name in ASCII, and six characters by chance (one of 387 million). By
 * chance rather than counted, because a counted one would tell that somebody outside the branch has a partner of this name.
 */
export function newPartnerKey(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const chance = Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
  return `${slug === '' ? 'partner' : slug}-${chance}`;
}
