/**
 * An address of an exchange for reading: escapes become the characters they stand for. What could hide or turn the text
 * (control characters, marks of direction) stays escaped, and so does what is no text. Masks stay masks. Pure.
 */
export function toReadable(address: string): string {
  return address.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
    } catch {
      return escaped;
    }
  });
}

/** The same without the vendor's host. */
export function toReadablePath(address: string): string {
  return toReadable(address.replace(/^https?:\/\/[^/?#]*/i, ''));
}
