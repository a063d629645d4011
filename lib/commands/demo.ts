import 'server-only';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { migrate } from '@/lib/db/migrate';
import { endWithParent } from '@/lib/process/end-with-parent';
import { freePort } from '@/lib/process/free-port';
import { logTail, startOwned, waitForAnswer } from '@/lib/process/owned';
import { ensureBuild, ensureClient, isBuilt } from './build';
import { demoConnections } from './demo-connections';
import { openDemoDatabase } from './demo-database';
import { demoKeys } from './demo-env';
import { dataFolder, demoConnectionsFile } from './demo-files';
import { releaseDemoLock, takeDemoLock } from './demo-lock';
import { printDemo, type ShownLogin } from './demo-print';
import { startSimulatorProcess } from './simulator-process';

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
const begun = Date.now();
/** One line for each step as it happens, with the seconds since the start. */
const step = (words: string): void => say(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${words}`);

/** What runs, newest first: the order in which it is stopped. */
const running: (() => Promise<void>)[] = [];
let ending: Promise<never> | undefined;

async function stopAll(code: number): Promise<never> {
  for (const stop of running.splice(0)) await stop().catch((error) => say(String(error)));
  process.exit(code);
}

/** Stops everything once; later calls (a second Ctrl-C, a child that ends because of the first) join the first. */
function end(code: number): Promise<never> {
  ending ??= stopAll(code);
  return ending;
}

/** Ends the demo when something that it needs has ended by itself. */
function needs({ name, ended }: { name: string; ended: Promise<unknown> }): void {
  void ended.then(() => {
    if (ending === undefined) {
      say(`${name} has ended; the demo stops. Logs are in ${dataFolder}.`);
      void end(1);
    }
  });
}

async function openDatabase(): Promise<{
  place: string;
  urls: { DATABASE_URL: string; MIGRATION_DATABASE_URL: string };
}> {
  step('starting PostgreSQL …');
  const keys = demoKeys();
  const database = await openDemoDatabase({ portalPassword: keys.QUAYSIDE_PORTAL_PASSWORD });
  running.unshift(database.stop);
  needs({ name: 'PostgreSQL', ended: database.ended });
  const { migrationUrl, servingUrl } = database;
  const applied = await migrate({ migrationUrl, servingUrl });
  step(
    applied.length === 0
      ? 'the database is up to date'
      : `applied ${applied.length} migration${applied.length === 1 ? '' : 's'}`,
  );
  return { place: database.place, urls: { DATABASE_URL: servingUrl, MIGRATION_DATABASE_URL: migrationUrl } };
}

/** Fills the database with the demo's partners and people; a second time it changes nothing. */
async function seed(): Promise<readonly ShownLogin[]> {
  step('putting the demo’s partners and people in place …');
  // Not at the top: they import the database client, which may just have been generated.
  const { seedDemo, demoLogins } = await import('@/prisma/seed');
  const { closeDatabases } = await import('@/lib/db/client');
  await seedDemo();
  await closeDatabases();
  return demoLogins;
}

async function startSimulators(): Promise<void> {
  step('starting the four vendor simulators …');
  const {
    urls,
    notes,
    process: simulators,
  } = await startSimulatorProcess({
    logFile: path.join(dataFolder, 'simulators.log'),
  });
  running.unshift(simulators.stop);
  needs({ name: 'The process of the vendor simulators', ended: simulators.exited });
  notes.forEach(say);
  writeFileSync(demoConnectionsFile, JSON.stringify(demoConnections(urls), null, 2), { mode: 0o600 });
}

async function startPortal(port: number): Promise<void> {
  const logFile = path.join(dataFolder, 'portal.log');
  const portal = startOwned({ file: 'lib/commands/start.ts', logFile });
  running.unshift(portal.stop);
  await waitForAnswer({ url: `http://127.0.0.1:${port}/api/health`, owned: portal, logFile });
  needs({ name: 'The portal', ended: portal.exited });
}

async function startWorker(): Promise<void> {
  const logFile = path.join(dataFolder, 'worker.log');
  const worker = startOwned({ file: 'lib/commands/worker.ts', logFile, reports: true });
  running.unshift(worker.stop);
  if ((await worker.report) === undefined) throw new Error(`The worker did not start:\n${logTail(logFile)}`);
  needs({ name: 'The worker', ended: worker.exited });
}

async function run(): Promise<void> {
  takeDemoLock();
  running.unshift(async () => releaseDemoLock());
  step('looking at the database client …');
  if (await ensureClient()) step('generated the database client');
  const { place, urls } = await openDatabase();
  const preferred = Number(process.env.PORT ?? 3000);
  const port = await freePort({ preferred });
  if (port !== preferred) say(`Port ${preferred} is taken; the portal uses ${port} instead.`);
  const { NEXTAUTH_SECRET, QUAYSIDE_SECRET_KEYS } = demoKeys();
  const settings = { ...urls, NEXTAUTH_SECRET, QUAYSIDE_SECRET_KEYS, QUAYSIDE_CONNECTIONS_FILE: demoConnectionsFile };
  const address = { PORT: String(port), HOST: '127.0.0.1', NEXTAUTH_URL: `http://localhost:${port}` };
  Object.assign(process.env, settings, address, { QUAYSIDE_SANDBOX: '1' });
  const logins = await seed();
  if (!isBuilt()) step('building the portal; this takes a minute or two …');
  await ensureBuild(step);
  await startSimulators();
  // The portal's start declares the connections; the worker is at work when somebody can sign in.
  step('starting the portal and a worker …');
  await Promise.all([startPortal(port), startWorker()]);
  printDemo({ url: address.NEXTAUTH_URL, logins, place, seconds: (Date.now() - begun) / 1000 });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (ending === undefined) say('\nStopping …');
    void end(0);
  });
}
endWithParent(() => void end(1));
try {
  await run();
} catch (error) {
  // While it stops, what was under way fails: that is no news.
  if (ending === undefined) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}
