import 'server-only';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { demoConnections } from '@/lib/commands/demo-connections';
import { dataFolder } from '@/lib/commands/demo-files';
import { startSimulatorProcess } from '@/lib/commands/simulator-process';
import { endWithParent } from '@/lib/process/end-with-parent';
import { startTestCluster } from './cluster';
import { startApp } from './run-app';

// What the end-to-end tests meet: a database of their own, the simulators, the built portal seeded like the demo.
// A process of its own, because Playwright's loads neither React's server condition nor our paths.
await import('./environment');
const folder = path.join(dataFolder, 'e2e');
mkdirSync(folder, { recursive: true });
const stops: (() => Promise<void>)[] = [];

let ending = false;
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (const stop of stops.splice(0)) await stop();
  process.exit(code);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));
endWithParent(() => void end(0));

try {
  stops.unshift(await startTestCluster());
  const logFile = path.join(folder, 'simulators.log');
  const simulators = await startSimulatorProcess({ logFile, preferred: {} });
  stops.unshift(simulators.process.stop);
  const app = await startApp({ connections: demoConnections(simulators.urls) });
  stops.unshift(app.stop);
  const { url, migrationUrl, superUrl } = app.database;
  const database = { servingUrl: url, migrationUrl, superUrl };
  process.send?.({ baseUrl: app.url, simulators: simulators.urls, database, logFiles: [app.logFile, logFile] });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}
