import 'server-only';
import { migrate } from '@/lib/db/migrate';
import { databaseEnv } from '@/lib/env';

try {
  const { migrationUrl, servingUrl } = databaseEnv();
  if (migrationUrl === undefined)
    throw new Error('MIGRATION_DATABASE_URL is missing: the login that owns the database.');
  const applied = await migrate({ migrationUrl, servingUrl });
  for (const name of applied) console.log(`Applied ${name}.`);
  console.log(applied.length === 0 ? 'The database was up to date.' : 'The database is up to date.');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
