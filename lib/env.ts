import 'server-only';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** A key that seals secrets: AES-256 key material under a version number. */
export type SealKey = { version: number; key: Buffer };

const optionalText = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()));

const flag = (name: string) =>
  optionalText.transform((value, context) => {
    if (value === undefined || value === '0') return false;
    if (value === '1') return true;
    context.addIssue({ code: 'custom', message: `${name} must be 1 or 0.` });
    return z.NEVER;
  });

const wholeNumber = ({ name, fallback, min, max }: { name: string; fallback: number; min: number; max: number }) =>
  optionalText.transform((value, context) => {
    const number = value === undefined ? fallback : Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    context.addIssue({ code: 'custom', message: `${name} must be a whole number from ${min} to ${max}.` });
    return z.NEVER;
  });

const required = (name: string, purpose: string) =>
  optionalText.transform((value, context) => {
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `${name} is missing: ${purpose}.` });
    return z.NEVER;
  });

const isPostgresUrl = (value: string) => ['postgres:', 'postgresql:'].includes(URL.parse(value)?.protocol ?? '');
const isMailUrl = (value: string) => ['smtp:', 'smtps:'].includes(URL.parse(value)?.protocol ?? '');
const isWebUrl = (value: string) => ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? '');

const sealKeys = required('QUAYSIDE_SECRET_KEYS', 'the keys that seal stored secrets').transform((value, context) => {
  const keys: SealKey[] = [];
  for (const entry of value.split(',')) {
    const [, version, encoded] = /^\s*([1-9]\d{0,8}):([A-Za-z0-9+/]{43}=?)\s*$/.exec(entry) ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (key.length !== 32 || keys.some((known) => known.version === Number(version))) {
      const message =
        'QUAYSIDE_SECRET_KEYS must read 1:<base64 of 32 random bytes>, further keys after a comma, each version once.';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    keys.push({ version: Number(version), key });
  }
  return keys.sort((left, right) => right.version - left.version);
});

const proxies = optionalText.transform((value, context) => {
  const entries = (value ?? '').split(',').map((entry) => entry.trim());
  const ranges = entries.filter((entry) => entry !== '');
  const wrong = ranges.find((range) => !(range.includes('/') ? ipaddr.isValidCIDR(range) : ipaddr.isValid(range)));
  if (wrong === undefined) return ranges;
  const message = `TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.0/8 between commas; "${wrong}" is neither.`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const databaseUrls = {
  DATABASE_URL: required('DATABASE_URL', 'the serving login of the database').refine(
    isPostgresUrl,
    'DATABASE_URL must start with postgresql://.',
  ),
  MIGRATION_DATABASE_URL: optionalText.refine(
    (value) => value === undefined || isPostgresUrl(value),
    'MIGRATION_DATABASE_URL must start with postgresql://.',
  ),
};

const logLevel = optionalText
  .transform((value) => value ?? 'info')
  .pipe(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
    }),
  );

const envSchema = z
  .object({
    ...databaseUrls,
    NEXTAUTH_SECRET: required('NEXTAUTH_SECRET', 'the key that signs sessions').refine(
      (value) => value.length >= 32,
      'NEXTAUTH_SECRET must have at least 32 characters.',
    ),
    NEXTAUTH_URL: required('NEXTAUTH_URL', 'the public address of the portal').refine(
      isWebUrl,
      'NEXTAUTH_URL must be an address that starts with https:// (http:// in a sandbox).',
    ),
    QUAYSIDE_SECRET_KEYS: sealKeys,
    QUAYSIDE_SANDBOX: flag('QUAYSIDE_SANDBOX'),
    QUAYSIDE_CONNECTIONS_FILE: optionalText,
    QUAYSIDE_DATABASE_POOL: wholeNumber({ name: 'QUAYSIDE_DATABASE_POOL', fallback: 10, min: 1, max: 500 }),
    TRUSTED_PROXIES: proxies,
    PORT: wholeNumber({ name: 'PORT', fallback: 3000, min: 1, max: 65535 }),
    HOST: optionalText,
    LOG_LEVEL: logLevel,
    SMTP_URL: optionalText.refine(
      (value) => value === undefined || isMailUrl(value),
      'SMTP_URL must start with smtp:// or smtps://.',
    ),
    SMTP_FROM: optionalText,
  })
  .refine(({ SMTP_URL, SMTP_FROM }) => SMTP_URL === undefined || SMTP_FROM !== undefined, {
    error: 'SMTP_FROM is missing: whom e-mail comes from, where SMTP_URL is set.',
  })
  .transform((raw) => ({
    ...raw,
    // Without a slash at its end, so that paths can be put behind it.
    NEXTAUTH_URL: raw.NEXTAUTH_URL.replace(/\/+$/, ''),
    HOST: raw.HOST ?? (raw.QUAYSIDE_SANDBOX ? '127.0.0.1' : '0.0.0.0'),
  }));

/**
 * The portal's settings under the names of their variables, parsed: seal keys newest first (the first one seals, every
 * one opens), flags as booleans, numbers as numbers, trusted proxies as addresses or ranges.
 */
export type Env = z.infer<typeof envSchema>;

/** Variables as a process gets them. */
export type RawEnv = Record<string, string | undefined>;

/**
 * Parses variables without throwing, so that start-up can name every fault at once.
 * `problems` are sentences that name variables, never values of secrets.
 */
export function parseEnv(raw: RawEnv): { ok: true; env: Env } | { ok: false; problems: string[] } {
  const parsed = envSchema.safeParse(raw);
  if (parsed.success) return { ok: true, env: parsed.data };
  return { ok: false, problems: parsed.error.issues.map((issue) => issue.message) };
}

let cached: Env | undefined;

/**
 * The settings of this process, read on first use and kept.
 * Throws one error that lists everything missing or malformed.
 */
export function env(): Env {
  if (cached) return cached;
  const parsed = parseEnv(process.env);
  if (!parsed.ok) throw new Error(`The environment is not usable:\n${parsed.problems.join('\n')}`);
  cached = parsed.env;
  return cached;
}

/** Forgets the kept settings: for tests that point a process at another database. */
export function forgetEnv(): void {
  cached = undefined;
}

/**
 * How much is logged. By itself, because the log is made wherever a module loads, and `next build` loads modules without
 * an environment; a level that is none shows when the process starts.
 */
export function logLevelEnv(): z.infer<typeof logLevel> {
  const parsed = logLevel.safeParse(process.env.LOG_LEVEL);
  return parsed.success ? parsed.data : 'info';
}

const databaseUrlsSchema = z.object(databaseUrls);

/**
 * The two database logins alone, for commands that need nothing else.
 * Throws with a sentence when DATABASE_URL is missing or either is malformed.
 */
export function databaseEnv(): { servingUrl: string; migrationUrl: string | undefined } {
  const parsed = databaseUrlsSchema.safeParse(process.env);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => issue.message).join('\n'));
  return { servingUrl: parsed.data.DATABASE_URL, migrationUrl: parsed.data.MIGRATION_DATABASE_URL };
}

/** A variable named in a connections file (`{ "env": "NAME" }`), or undefined when it is not set. */
export function namedVariable(name: string): string | undefined {
  return process.env[name];
}
