import 'server-only';
import type pg from 'pg';

/** Migrations whose text was replaced by one that comes to the same, with the checksums (sha-256) of both texts. */
export const replacedMigrations = [
  {
    name: '20261122000000_waiting_services',
    // Changed a column's expression in place, which PostgreSQL knows from version 17 on.
    before: '930ddab7b6e477139cb37228bf5ef146996274e3ba9166878ee5ccd141c06058',
    now: '244900911d5c521312e999a41b15b423b114a642b946aa10f1d14568cf340aee',
  },
] as const;

/** Takes what ran under its earlier text for what its text is now, so that it is not refused as changed. */
export async function acceptReplaced(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`,
  );
  if (rows[0]?.exists !== true) return;
  for (const { name, before, now } of replacedMigrations) {
    await client.query(
      'UPDATE "_prisma_migrations" SET checksum = $3 WHERE migration_name = $1 AND checksum = $2 AND finished_at IS NOT NULL',
      [name, before, now],
    );
  }
}
