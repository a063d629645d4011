import 'server-only';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '../commands/demo-files';
import { closeDatabases } from '../db/client';
import { startPostgres } from '../db/embedded-postgres';
import { clusterUrls, ensureClusterLogins, ensureDatabase } from '../db/logins';
import { migrate } from '../db/migrate';
import { forgetEnv } from '../env';
import { setUpFourVendors } from '../testing/four-vendors';
import { closeVendors } from '../vendors/registry';
import { startSimulators } from '../vendors/simulators';
import { type ChaosOptions, type ChaosReport, type Enough, runChaos } from './run';

const database = 'quayside';
const endless: Enough = { attempts: Number.POSITIVE_INFINITY, kills: 0 };

/** What a chaos run is asked for. */
export interface ChaosRequest extends Pick<ChaosOptions, 'seed' | 'forMs' | 'onProgress'> {
  /** What ends the run before its time is over. */
  readonly enough?: Enough;
}

/**
 * A chaos run from nothing to its report: a durable PostgreSQL of its own, which will be killed, and the four simulators.
 * Everything it started is gone afterwards.
 */
export async function chaos({ enough = endless, ...request }: ChaosRequest): Promise<ChaosReport> {
  mkdirSync(dataFolder, { recursive: true });
  const folder = mkdtempSync(path.join(dataFolder, 'chaos-'));
  let server = await startPostgres({ folder, durable: true });
  const simulators = await startSimulators();
  const before = { url: process.env.DATABASE_URL, migration: process.env.MIGRATION_DATABASE_URL };
  try {
    const { superUrl } = server;
    await ensureClusterLogins(superUrl);
    await ensureDatabase({ superUrl, database });
    const urls = clusterUrls({ superUrl, database });
    await migrate(urls);
    process.env.DATABASE_URL = urls.servingUrl;
    process.env.MIGRATION_DATABASE_URL = urls.migrationUrl;
    forgetEnv();
    const four = await setUpFourVendors(simulators, { timeoutMs: 1_000 });
    const restart = async (port: number) => {
      server = await startPostgres({ folder, port, durable: true });
      return server;
    };
    return await runChaos({ ...request, enough, four, folder, postgres: { server, restart } });
  } finally {
    await closeVendors();
    await closeDatabases();
    await simulators.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    put('DATABASE_URL', before.url);
    put('MIGRATION_DATABASE_URL', before.migration);
    forgetEnv();
  }
}

function put(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
