import './matrix-next';
import { expect } from 'vitest';
import { withClient } from '../db/logins';
import { testDatabase } from './database';
import { describeMatrix } from './matrix-suite';

const database = await testDatabase();

/** Takes row-level security off every table, as its owner could. */
async function takeSecurityAway(): Promise<void> {
  await withClient(database.superUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { name } of rows) {
      await client.query(
        `alter table ${client.escapeIdentifier(name)} disable row level security, no force row level security`,
      );
    }
  });
}

await describeMatrix({
  title: 'S33: without row-level security, the application’s checks alone keep other branches out',
  database,
  exact: true,
  takeAway: takeSecurityAway,
});
