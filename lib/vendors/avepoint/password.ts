/** Classes of characters without those that are easily taken for another (0 and O, 1, l and I). Client-safe. */
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#$%*+-=?@_'] as const;
const alphabet = classes.join('');
/** AvePoint publishes no rules for passwords: long, and of every class, passes the usual ones. */
export const passwordLength = 24;

/**
 * A first password for a new account, from the platform's source of randomness.
 * @param fill fills the bytes with chance; for tests
 */
export function generatePassword(fill: (bytes: Uint8Array) => void = (bytes) => crypto.getRandomValues(bytes)): string {
  // Drawn again as a whole until every class is in it: no place and no character is likelier than another.
  for (;;) {
    const password = Array.from({ length: passwordLength }, () => draw(fill)).join('');
    if (classes.every((characters) => [...password].some((one) => characters.includes(one)))) return password;
  }
}

/** One character; bytes beyond the last whole multiple are thrown away, as a remainder would favour the first ones. */
function draw(fill: (bytes: Uint8Array) => void): string {
  const limit = 256 - (256 % alphabet.length);
  const bytes = new Uint8Array(1);
  for (;;) {
    fill(bytes);
    const [byte = 0] = bytes;
    if (byte < limit) return alphabet.charAt(byte % alphabet.length);
  }
}
