// The door of every command: plain JS for whatever Node the system has. It installs what is missing and hands over to
// the project's own Node (a dependency), which runs the command's TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Commands and their files; `production` ones run on what was deployed, and read `.env`. */
const commands = {
  demo: { file: 'lib/commands/demo.ts' },
  test: { file: 'lib/commands/test.ts' },
  bench: { file: 'lib/bench/main.ts' },
  chaos: { file: 'lib/chaos/main.ts' },
  start: { file: 'lib/commands/start.ts', production: true },
  worker: { file: 'lib/commands/worker.ts', production: true },
  migrate: { file: 'lib/commands/migrate.ts', production: true },
  'create-admin': { file: 'lib/commands/create-admin.ts', production: true },
  'rotate-keys': { file: 'lib/commands/rotate-keys.ts', production: true },
};

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function isOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19);
}

const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** Whether what is installed is not what package-lock.json names. Optional packages may be for other systems. */
function isInstallNeeded({ production }) {
  if (!existsSync(path.join(root, 'node_modules/.bin/node'))) return true;
  if (production || !existsSync(path.join(root, 'package-lock.json'))) return false;
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return true;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).some(
    ([place, wanted]) => place !== '' && !wanted.optional && installed[place]?.version !== wanted.version,
  );
}

/** Runs npm to its end and says whether it succeeded. What it says goes to stderr: a command's output is its own. */
function npm(args, stdio) {
  const own = process.env.npm_execpath;
  const [command, first] = own === undefined ? ['npm', []] : [process.execPath, [own]];
  return (
    spawnSync(command, [...first, ...args, '--include=dev', '--loglevel=error'], { cwd: root, stdio }).status === 0
  );
}

function install() {
  process.stderr.write('Installing dependencies …\n');
  const aloud = ['ignore', process.stderr, 'inherit'];
  // "npm ci" also refuses a lock file that only lacks packages for other systems, which some registries do not carry.
  if (existsSync(path.join(root, 'package-lock.json')) && npm(['ci'], 'ignore')) return;
  if (!npm(['install', '--no-save'], aloud)) fail('"npm install" failed; its words are above.');
}

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (isOldNode()) fail(`Quayside needs Node 20.19 or newer to start; this is ${process.versions.node}.`);
if (command === undefined) fail(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
const production = command.production === true;
if (isInstallNeeded({ production })) install();

const node = path.join(root, 'node_modules/.bin/node');
if (!existsSync(node)) {
  fail('The project\'s own Node is missing (node_modules/.bin/node): allow the install script of the package "node".');
}
const envFile = production && existsSync(path.join(root, '.env')) ? ['--env-file=.env'] : [];
const child = spawn(node, [...envFile, '--conditions=react-server', '--import', 'tsx', command.file, ...args], {
  cwd: root,
  stdio: 'inherit',
  // Neither Next nor Prisma calls home.
  env: {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    QUAYSIDE_PARENT_PID: String(process.pid),
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`The project's own Node does not run: ${error.message}.`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

/** The parent of a process where /proc tells it, else undefined. */
function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

// npm, or a shell of npm's, waits for us. When one of them is killed nobody does, and what we started must not stay.
if (process.env.npm_lifecycle_event !== undefined) {
  const [parent, above] = [process.ppid, parentOf(process.ppid)];
  setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== above) child.kill('SIGTERM');
  }, 500).unref();
}
