import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseEnv, type RawEnv } from './env';

const key = () => randomBytes(32).toString('base64');

const good: RawEnv = {
  DATABASE_URL: 'postgresql://quayside_portal:word@db.example/quayside',
  NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
  NEXTAUTH_URL: 'https://portal.example/',
  QUAYSIDE_SECRET_KEYS: `1:${key()}`,
};

describe('the environment', () => {
  test('has defaults for what may be left out', () => {
    expect(parseEnv(good)).toMatchObject({
      ok: true,
      env: {
        NEXTAUTH_URL: 'https://portal.example',
        QUAYSIDE_SANDBOX: false,
        QUAYSIDE_DATABASE_POOL: 10,
        TRUSTED_PROXIES: [],
        PORT: 3000,
        HOST: '0.0.0.0',
        LOG_LEVEL: 'info',
      },
    });
  });

  test('listens on this machine alone in a sandbox', () => {
    expect(parseEnv({ ...good, QUAYSIDE_SANDBOX: '1' })).toMatchObject({ ok: true, env: { HOST: '127.0.0.1' } });
  });

  test('puts the newest seal key first', () => {
    const parsed = parseEnv({ ...good, QUAYSIDE_SECRET_KEYS: `1:${key()}, 3:${key()},2:${key()}` });
    expect(parsed.ok && parsed.env.QUAYSIDE_SECRET_KEYS.map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  test('wants to know whom e-mail comes from, where there is a mail server', () => {
    const SMTP_URL = 'smtps://mail.example:465';
    expect(parseEnv({ ...good, SMTP_URL })).toEqual({ ok: false, problems: [expect.stringMatching(/^SMTP_FROM/)] });
    expect(parseEnv({ ...good, SMTP_URL, SMTP_FROM: 'portal@quayside.example' }).ok).toBe(true);
    expect(parseEnv({ ...good, SMTP_URL: 'https://mail.example', SMTP_FROM: 'x' })).toMatchObject({ ok: false });
  });

  test('names every fault at once, and no value of a secret', () => {
    const parsed = parseEnv({ NEXTAUTH_SECRET: 'tooshort', QUAYSIDE_SECRET_KEYS: '1:c2hvcnQ=', PORT: 'many' });
    const problems = parsed.ok ? [] : parsed.problems;
    for (const name of ['DATABASE_URL', 'NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'QUAYSIDE_SECRET_KEYS', 'PORT']) {
      expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    }
    expect(problems.join()).not.toMatch(/tooshort|c2hvcnQ/);
  });

  test.each([
    { name: 'QUAYSIDE_SECRET_KEYS', value: '' },
    { name: 'QUAYSIDE_SECRET_KEYS', value: key() },
    { name: 'QUAYSIDE_SECRET_KEYS', value: `1:${key()},1:${key()}` },
    { name: 'QUAYSIDE_SECRET_KEYS', value: `0:${key()}` },
    { name: 'QUAYSIDE_SECRET_KEYS', value: `1:${randomBytes(16).toString('base64')}` },
    { name: 'DATABASE_URL', value: 'mysql://somewhere' },
    { name: 'NEXTAUTH_URL', value: 'portal.example' },
    { name: 'QUAYSIDE_SANDBOX', value: 'yes' },
    { name: 'TRUSTED_PROXIES', value: '10.0.0.0/8,everybody' },
    { name: 'TRUSTED_PROXIES', value: '10.0.0.0/64' },
    { name: 'PORT', value: '70000' },
    { name: 'LOG_LEVEL', value: 'loud' },
  ])('refuses $name = "$value"', ({ name, value }) => {
    const parsed = parseEnv({ ...good, [name]: value });
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringContaining(name)]);
  });
});
