import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { env } from '../env';

/** What a sealed value belongs to. Moved to another row, partner, vendor or field, it does not open. */
export interface SealBinding {
  readonly partnerId: string;
  readonly vendor: string;
  /** Id of the record that holds the value: a connection, an attempt. */
  readonly recordId: string;
  readonly field: string;
}

export interface Sealed {
  /** Version of the key that sealed it. */
  readonly keyVersion: number;
  /** Format byte, nonce, ciphertext, tag. */
  readonly sealed: Uint8Array<ArrayBuffer>;
}

export type SealFault = 'unknown-key' | 'broken';

/** A sealed value that does not open: its key is not configured, or the value or what it is bound to was changed. */
export class SealError extends Error {
  override readonly name = 'SealError';
  constructor(
    readonly fault: SealFault,
    readonly keyVersion: number,
  ) {
    super(fault === 'unknown-key' ? `no key of version ${keyVersion} is configured` : 'the sealed value is broken');
  }
}

const algorithm = 'aes-256-gcm';
const format = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** The binding as authenticated data: a JSON array, so that no two bindings ever read the same. */
function bound(binding: SealBinding, keyVersion: number): Buffer {
  const { partnerId, vendor, recordId, field } = binding;
  return Buffer.from(JSON.stringify(['quayside', format, keyVersion, partnerId, vendor, recordId, field]), 'utf8');
}

/** The newest key version: the one that seals. */
export function newestKeyVersion(): number {
  const [newest] = env().QUAYSIDE_SECRET_KEYS;
  if (newest === undefined) throw new Error('QUAYSIDE_SECRET_KEYS holds no key.');
  return newest.version;
}

/** Seals a secret with the newest key (AES-256-GCM, a fresh 96-bit nonce each time), bound to what it belongs to. */
export function seal({ value, binding }: { readonly value: string; readonly binding: SealBinding }): Sealed {
  const [newest] = env().QUAYSIDE_SECRET_KEYS;
  if (newest === undefined) throw new Error('QUAYSIDE_SECRET_KEYS holds no key.');
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, newest.key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(bound(binding, newest.version));
  const parts = [Buffer.of(format), nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return { keyVersion: newest.version, sealed: Uint8Array.from(Buffer.concat(parts)) };
}

/**
 * Opens a sealed value with the key of its version.
 * @throws SealError when the key is not configured or anything about value or binding differs
 */
export function open({
  keyVersion,
  sealed,
  binding,
}: {
  readonly keyVersion: number;
  readonly sealed: Uint8Array;
  readonly binding: SealBinding;
}): string {
  const known = env().QUAYSIDE_SECRET_KEYS.find(({ version }) => version === keyVersion);
  if (known === undefined) throw new SealError('unknown-key', keyVersion);
  const tagAt = sealed.length - tagBytes;
  const textAt = 1 + nonceBytes;
  if (sealed[0] !== format || tagAt < textAt) throw new SealError('broken', keyVersion);
  const decipher = createDecipheriv(algorithm, known.key, sealed.subarray(1, textAt), { authTagLength: tagBytes });
  decipher.setAAD(bound(binding, keyVersion));
  decipher.setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(textAt, tagAt)), decipher.final()]).toString('utf8');
  } catch {
    // OpenSSL's error says nothing more; the value itself must not travel in an error.
    throw new SealError('broken', keyVersion);
  }
}
