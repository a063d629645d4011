import { defineConfig } from 'prisma/config';

// `generate`, `validate` and `format` need no native engine; this keeps Prisma from fetching one (air-gapped sites).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.MIGRATION_DATABASE_URL ?? '' },
});
