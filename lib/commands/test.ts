import 'server-only';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endWithParent } from '@/lib/process/end-with-parent';
import { type Guarded, runGuarded } from '@/lib/process/guarded';
import { startTestCluster } from '@/lib/testing/cluster';
import { ensureBuild, ensureClient } from './build';
import { cloneRoot, dataFolder } from './demo-files';
import { playwrightTally, type Tally, vitestTally } from './test-report';

const reports = path.join(dataFolder, 'reports');
const begun = Date.now();
const total: Tally = { passed: 0, failures: [], retried: [] };
const running = new Set<Guarded>();

function heading(text: string): void {
  process.stdout.write(`\n── ${text} ── ${((Date.now() - begun) / 1000).toFixed(0)} s\n`);
}

/** Runs a program of node_modules with its output to ours, or to a file; resolves with its exit code. */
async function run(
  name: string,
  args: string[],
  { env = {}, logFile }: { env?: Record<string, string>; logFile?: string } = {},
): Promise<number> {
  const program = path.join(cloneRoot, 'node_modules/.bin', name);
  const log = logFile === undefined ? {} : { logFile };
  const command = { command: process.execPath, args: [program, ...args], cwd: cloneRoot, env, ...log };
  const guarded = runGuarded({ ...command, stopSignal: 'SIGTERM', graceMs: 10_000 });
  running.add(guarded);
  const code = await guarded.exited;
  running.delete(guarded);
  return code;
}

function count({ passed, failures, retried }: Tally): void {
  total.passed += passed;
  total.failures.push(...failures);
  total.retried.push(...retried);
}

/** Checks that pass or fail as a whole. All programs run side by side, and what each says comes in one piece. */
async function checks(programsOf: Readonly<Record<string, readonly [string, ...string[]][]>>): Promise<void> {
  const titles = Object.entries(programsOf);
  heading(titles.map(([title]) => title).join(', '));
  const check = async ([title, programs]: (typeof titles)[number]) => {
    const codes = await Promise.all(programs.map(([name, ...args]) => speak(name, args)));
    const failed = programs.filter((_, index) => codes[index] !== 0).map(([name]) => name);
    if (failed.length === 0) total.passed += 1;
    else total.failures.push(`${title}: ${failed.join(', ')}`);
  };
  await Promise.all(titles.map(check));
}

/** Runs a program and shows its output once it has ended. */
async function speak(name: string, args: string[]): Promise<number> {
  const logFile = path.join(reports, `${name}.log`);
  writeFileSync(logFile, '');
  const code = await run(name, args, { logFile });
  process.stdout.write(readFileSync(logFile));
  return code;
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
  count(playwrightTally({ file, code: await run('playwright', args, { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }) }));
}

async function runAll(): Promise<void> {
  mkdirSync(reports, { recursive: true });
  heading('database client');
  await ensureClient();
  await checks({
    types: [['tsc', '--noEmit']],
    lint: [
      ['biome', 'check', '.'],
      ['depcruise', 'app', 'components', 'lib', '--config', '.dependency-cruiser.cjs'],
      ['knip'],
    ],
  });
  const stopCluster = await startTestCluster();
  try {
    // Beside the first tests, which wait more than they compute. Its end is looked at when theirs has come.
    const build = Promise.allSettled([ensureBuild()]);
    const browser = run('tsx', ['e2e/ensure-browser.ts']);
    await unitTests();
    heading('build');
    const [built] = await build;
    if (built.status === 'rejected') throw built.reason;
    // Where it failed, the tests say once more that there is none.
    await browser;
    await endToEndTests();
  } finally {
    await stopCluster();
  }
}

async function stop(): Promise<never> {
  await Promise.all(Array.from(running, (guarded) => guarded.stop()));
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
