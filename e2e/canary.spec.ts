import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { environment } from './environment';
import { canary, expect, knownSecrets, test } from './fixtures';

// S10. Runs when every other test has ended (see playwright.config.ts). What answered the browser was searched as it came,
// in each test (fixtures.ts); here is what stays: database, logs, built files.

const secrets = [canary, ...knownSecrets];

/** Where a secret stands in a text, without the secret. */
const findIn = (text: string, what: string): string[] =>
  secrets.flatMap((secret) => (text.includes(secret) ? [`${what} holds ${secret.slice(0, 14)}…`] : []));

/** Every row of every table, as text. */
async function* dump(database: pg.Pool): AsyncGenerator<readonly [table: string, text: string]> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const { rows } = await database.query<{ text: string }>(`select t::text as text from ${name} t`);
    yield [name, rows.map((row) => row.text).join('\n')];
  }
}

test('S10: no table of the database holds a secret that can be read', async ({ database }) => {
  const found: string[] = [];
  let bytes = 0;
  for await (const [table, text] of dump(database)) {
    bytes += text.length;
    found.push(...findIn(text, table));
    // Bytes are written in hexadecimal there.
    const unhexed = text.replaceAll(/\\x((?:[0-9a-f]{2})+)/g, (_all, hex: string) =>
      Buffer.from(hex, 'hex').toString('latin1'),
    );
    found.push(...findIn(unhexed, `${table}, as bytes`));
  }
  expect(found).toEqual([]);
  expect(bytes, 'there was something to search').toBeGreaterThan(10_000);
});

test('S10: no log of portal and simulators holds a secret, and none tells of a text that failed', () => {
  const found = environment().logFiles.flatMap((file) => findIn(readFileSync(file, 'utf8'), path.basename(file)));
  expect(found).toEqual([]);
  for (const file of environment().logFiles)
    expect(readFileSync(file, 'utf8').match(/(INVALID|MISSING|INSUFFICIENT|FORMATTING)_\w+/g), file).toBeNull();
});

test('S10: no file that a browser can load holds a secret', () => {
  const folder = path.resolve(import.meta.dirname, '../.next/static');
  expect(existsSync(folder)).toBe(true);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return findIn(readFileSync(file, 'latin1'), entry.name);
  });
  expect(found).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
});
