import 'server-only';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { demoEnvFile } from './demo-files';

/** Keys of the demo, made once per clone and kept where only its owner reads them. */
export type DemoKeys = { NEXTAUTH_SECRET: string; QUAYSIDE_SECRET_KEYS: string; QUAYSIDE_PORTAL_PASSWORD: string };

/** The demo's keys: those of an earlier start, or new ones. What is sealed in its database needs the same key again. */
export function demoKeys(): DemoKeys {
  const kept = existsSync(demoEnvFile) ? parseEnv(readFileSync(demoEnvFile, 'utf8')) : {};
  const keys = {
    NEXTAUTH_SECRET: kept.NEXTAUTH_SECRET ?? randomBytes(48).toString('base64url'),
    QUAYSIDE_SECRET_KEYS: kept.QUAYSIDE_SECRET_KEYS ?? `1:${randomBytes(32).toString('base64')}`,
    QUAYSIDE_PORTAL_PASSWORD: kept.QUAYSIDE_PORTAL_PASSWORD ?? randomBytes(24).toString('base64url'),
  };
  const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(demoEnvFile, lines.join(''), { mode: 0o600 });
  return keys;
}
