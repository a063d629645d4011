import 'server-only';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

const prismaFolder = path.resolve(import.meta.dirname, '../../prisma');
const migrationsFolder = path.join(prismaFolder, 'migrations');

/** Names of the migrations in the project, oldest first. */
export function migrationNames(folder = migrationsFolder): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readMigrations(folder: string) {
  const migrationDirectories = migrationNames(folder).map((name) => {
    const value = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
  });
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };
  return { baseDir: folder, lockfile, migrationDirectories, shadowDbInitScript: '' };
}

/** Prisma's adapter, but scripts go out whole: its own splitting at every `;` breaks dollar-quoted bodies. */
class WholeScripts extends PrismaPg {
  scriptError: Error | undefined;

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        this.scriptError = error instanceof Error ? error : new Error(String(error));
        throw error;
      }
    };
    return adapter;
  }
}

let started: Promise<void> | undefined;

/** Loads the engine: the schema engine of Prisma as WebAssembly, so that no native engine is fetched from anywhere. */
async function startEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = readFileSync(path.join(path.dirname(file), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engineModule } });
  engineModule.__wbg_set_wasm(instance.exports);
  const begin = instance.exports.__wbindgen_start;
  if (typeof begin === 'function') begin();
}

/** What the engine does for us on one database. */
export type MigrationEngine = {
  /** Applies what is missing; returns the names applied. Throws with the database's own words and the place in the SQL. */
  apply: () => Promise<string[]>;
  /** Names whose text was changed after they had been applied, and names whose run was cut short. */
  diagnose: () => Promise<{ edited: string[]; failed: string[] }>;
  /** Notes that a failed migration left nothing behind, so that it can be applied again. */
  markRolledBack: (name: string) => Promise<void>;
};

const fieldsOf = (url: string) => {
  // Fields, not one string: the engine's adapter mixes them up otherwise. pg itself takes the string apart.
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  return { host, port, user, password, database, ssl };
};

function failureText({ error, scriptError }: { error: unknown; scriptError: Error | undefined }): string {
  const cause = scriptError ?? error;
  const message = cause instanceof Error ? cause.message : String(cause);
  const where = cause instanceof pg.DatabaseError && cause.where !== undefined ? ` (${cause.where})` : '';
  const at = cause instanceof pg.DatabaseError && cause.position !== undefined ? ` at character ${cause.position}` : '';
  return `${message}${at}${where}`;
}

/** Opens the engine on a database and closes it after `work`. */
export async function withEngine<T>(
  { url, folder = migrationsFolder }: { url: string; folder?: string | undefined },
  work: (engine: MigrationEngine) => Promise<T>,
): Promise<T> {
  started ??= startEngine();
  await started;
  const pool = new pg.Pool({ ...fieldsOf(url), max: 2 });
  const factory = new WholeScripts(pool, { onPoolError: () => undefined });
  const schemaFile = path.join(prismaFolder, 'schema.prisma');
  const datamodels: [string, string][] = [[schemaFile, readFileSync(schemaFile, 'utf8')]];
  const bound = bindMigrationAwareSqlAdapterFactory(factory);
  const migrationsList = readMigrations(folder);
  const filters = { externalTables: [], externalEnums: [] };
  try {
    const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, bound);
    return await work({
      apply: async () => (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames,
      diagnose: async () => {
        const found = await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false });
        return { edited: found.editedMigrationNames, failed: found.failedMigrationNames };
      },
      markRolledBack: async (migrationName) => {
        await engine.markMigrationRolledBack({ migrationName });
      },
    });
  } catch (error) {
    throw new Error(failureText({ error, scriptError: factory.scriptError }), { cause: error });
  } finally {
    await pool.end();
  }
}
