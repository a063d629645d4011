import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Starts what the tests meet (database, simulators, built portal) in a process of its own and tells the workers where
 * it is. Returns what stops it.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const file = 'lib/testing/e2e-environment.ts';
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', file], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, QUAYSIDE_PARENT_PID: String(process.pid) },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const environment = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    void exited.then(() => reject(new Error('The portal did not start for the tests; see above.')));
  });
  process.env.QUAYSIDE_E2E = JSON.stringify(environment);
  return async () => {
    child.disconnect();
    await exited;
  };
}
