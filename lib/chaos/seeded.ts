import { createHash } from 'node:crypto';

/** A number from 0 to below 1 that depends on seed and place alone: the same run again makes the same choices. */
export function chance(seed: string, ...place: readonly (string | number)[]): number {
  return (
    createHash('sha256')
      .update(JSON.stringify([seed, ...place]))
      .digest()
      .readUInt32BE(0) /
    2 ** 32
  );
}

/** One of several, by seed and place. */
export function pick<T>(from: readonly [T, ...T[]], seed: string, ...place: readonly (string | number)[]): T {
  return from[Math.floor(chance(seed, ...place) * from.length)] ?? from[0];
}
