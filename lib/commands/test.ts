import 'server-only';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endWithParent } from '@/lib/process/end-with-parent';
import { type Guarded, runGuarded } from '@/lib/process/guarded';
import { startTestCluster } from '@/lib/testing/cluster';
import { ensureBuild, ensureClient, isBuilt } from './build';
import { cloneRoot, dataFolder } from './demo-files';
import { playwrightTally, type Tally, vitestTally } from './test-report';

const reports = path.join(dataFolder, 'reports');
const begun = Date.now();
const total: Tally = { passed: 0, failures: [], retried: [] };
let current: Guarded | undefined;

function heading(text: string): void {
  process.stdout.write(`\n── ${text} ── ${((Date.now() - begun) / 1000).toFixed(0)} s\n`);
}

/** Runs a program of node_modules with its output to ours; resolves with its exit code. */
async function run(name: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  const program = path.join(cloneRoot, 'node_modules/.bin', name);
  const command = { command: process.execPath, args: [program, ...args], cwd: cloneRoot, env };
  current = runGuarded({ ...command, stopSignal: 'SIGTERM', graceMs: 10_000 });
  const code = await current.exited;
  current = undefined;
  return code;
}

function count({ passed, failures, retried }: Tally): void {
  total.passed += passed;
  total.failures.push(...failures);
  total.retried.push(...retried);
}

/** A check that passes or fails as a whole. */
async function check(title: string, programs: [string, ...string[]][]): Promise<void> {
  heading(title);
  const failed: string[] = [];
  for (const [name, ...args] of programs) {
    if ((await run(name, args)) !== 0) failed.push(name);
  }
  if (failed.length === 0) total.passed += 1;
  else total.failures.push(`${title}: ${failed.join(', ')}`);
}

async function unitTests(): Promise<void> {
  heading('unit, vendor and job tests');
  const file = path.join(reports, 'vitest.json');
  rmSync(file, { force: true });
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  count(vitestTally({ file, code }));
}

async function endToEndTests(): Promise<void> {
  heading('end-to-end tests');
  const file = path.join(reports, 'playwright.json');
  rmSync(file, { force: true });
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'];
  count(playwrightTally({ file, code: await run('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file }) }));
}

async function runAll(): Promise<void> {
  mkdirSync(reports, { recursive: true });
  heading('database client');
  await ensureClient();
  await check('types', [['tsc', '--noEmit']]);
  const cruise: [string, ...string[]] = [
    'depcruise',
    'app',
    'components',
    'lib',
    '--config',
    '.dependency-cruiser.cjs',
  ];
  await check('lint', [['biome', 'check', '.'], cruise, ['knip']]);
  const stopCluster = await startTestCluster();
  try {
    await unitTests();
    heading(isBuilt() ? 'build: unchanged since the last one' : 'build');
    await ensureBuild();
    await endToEndTests();
  } finally {
    await stopCluster();
  }
}

async function stop(): Promise<never> {
  await current?.stop();
  process.exit(130);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
endWithParent(() => void stop());

await runAll().catch((error) => {
  total.failures.push(error instanceof Error ? error.message : String(error));
});
if (total.retried.length > 0) {
  heading('what passed on its second try');
  process.stdout.write(`${total.retried.join('\n')}\n`);
}
if (total.failures.length > 0) {
  heading('what failed');
  process.stdout.write(`${total.failures.join('\n')}\n`);
}
process.stdout.write(`\n${total.passed} passed, ${total.failures.length} failed\n`);
process.exitCode = total.failures.length > 0 || total.passed === 0 ? 1 : 0;
