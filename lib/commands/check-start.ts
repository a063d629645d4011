import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv as parseVariables } from 'node:util';
import { parseEnv, type RawEnv } from '@/lib/env';
import { connectionsFileProblems } from './check-connections';
import { databaseProblems } from './check-database';
import { demoEnvFile } from './demo-files';

/** Words of placeholders: a random key does not hold them (once in many millions). */
const placeholder = /change.?me|default|example|quayside|secret|password|012345|123456|abcdef/i;

/** Whether key material looks typed rather than drawn: few different characters, or the words of a placeholder. */
const looksTyped = (text: string): boolean => new Set(text).size < 12 || placeholder.test(text);

/** Keys that the demo of this clone has made for itself; production must not borrow them. */
function demoValues(): Set<string> {
  if (!existsSync(demoEnvFile)) return new Set();
  const values = parseVariables(readFileSync(demoEnvFile, 'utf8'));
  return new Set(Object.values(values).filter((value) => value !== undefined));
}

function keyProblems({ raw, sandbox }: { raw: RawEnv; sandbox: boolean }): string[] {
  const problems: string[] = [];
  const [secret, keys] = [raw.NEXTAUTH_SECRET ?? '', raw.QUAYSIDE_SECRET_KEYS ?? ''];
  const ofDemo = sandbox ? new Set<string>() : demoValues();
  if (secret.length >= 32 && (looksTyped(secret) || ofDemo.has(secret))) {
    problems.push(
      'NEXTAUTH_SECRET is a default or the demo\'s: make a random one, for example "openssl rand -base64 48".',
    );
  }
  const typedKey = keys.split(',').some((entry) => {
    const encoded = entry.trim().replace(/^\d+:/, '');
    const bytes = Buffer.from(encoded, 'base64');
    return bytes.length === 32 && (looksTyped(bytes.toString('latin1')) || ofDemo.has(entry.trim()));
  });
  if (typedKey) {
    const advice = 'make a random one, for example "openssl rand -base64 32"';
    problems.push(`QUAYSIDE_SECRET_KEYS holds a default or the demo's key: ${advice}.`);
  }
  return problems;
}

/**
 * Everything that is missing or wrong with these variables, what they name and the database, at once: a sentence each,
 * without secrets. Empty when the portal may start.
 */
export async function checkStart(raw: RawEnv): Promise<string[]> {
  const parsed = parseEnv(raw);
  const problems = parsed.ok ? [] : [...parsed.problems];
  const sandbox = raw.QUAYSIDE_SANDBOX?.trim() === '1';
  problems.push(...keyProblems({ raw, sandbox }));
  if (!sandbox && URL.parse(raw.NEXTAUTH_URL ?? '')?.protocol === 'http:') {
    problems.push('NEXTAUTH_URL must start with https:// (plain http is for installations with QUAYSIDE_SANDBOX=1).');
  }
  const file = raw.QUAYSIDE_CONNECTIONS_FILE?.trim() ?? '';
  if (file !== '') problems.push(...connectionsFileProblems({ file, sandbox }));
  const url = raw.DATABASE_URL?.trim() ?? '';
  if (/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? ''))
    problems.push(...(await databaseProblems({ url, sandbox })));
  return problems;
}
