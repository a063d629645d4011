/** Bounds of a password in characters. Client-safe. Fifteen, because a password is the only factor so far. */
export const passwordMinimum = 15;
export const passwordMaximum = 256;
