import 'server-only';
import {
  copyFileSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cloneRoot, dataFolder } from '../commands/demo-files';
import { freePort } from '../process/free-port';
import { runGuarded } from '../process/guarded';
import { startOwned, waitForAnswer } from '../process/owned';
import type { RunningApp } from '../testing/run-app';

/** The other side of P5: the same portal, built anew from a copy in which the attempts page's rows are literals. */

const sources = ['app', 'components', 'lib', 'prisma', 'e2e', 'package.json', 'package-lock.json', 'tsconfig.json'];
const besides = ['next.config.js', 'proxy.ts', 'postcss.config.mjs', 'prisma.config.ts', 'next-env.d.ts'];

/** Answers what the first request read, for ever: rows that cost nothing. */
const literals = `import 'server-only';
import { loadAttemptsPage as read } from './attempts-page-read';
export type { AttemptsPage } from './attempts-page-read';
let kept: ReturnType<typeof read> | undefined;
export function loadAttemptsPage(...asked: Parameters<typeof read>): ReturnType<typeof read> {
  kept ??= read(...asked);
  return kept;
}
`;

/**
 * Builds and starts it beside a running portal, on the same database.
 * @returns its address, and what ends it and removes the copy
 */
export async function startLiterals(app: RunningApp): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = path.join(dataFolder, 'bench/literals');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const source of [...sources, ...besides])
    cpSync(path.join(cloneRoot, source), path.join(folder, source), { recursive: true });
  linkTree(path.join(cloneRoot, 'node_modules'), path.join(folder, 'node_modules'));
  const page = path.join(folder, 'lib/attempts/attempts-page.ts');
  renameSync(page, page.replace('attempts-page', 'attempts-page-read'));
  writeFileSync(page, literals);
  await build(folder);
  const port = String(await freePort({ preferred: 0 }));
  const logFile = path.join(folder, 'portal.log');
  const env = { ...app.env, PORT: port };
  const owned = startOwned({ file: 'lib/commands/start.ts', env, logFile, cwd: folder });
  const url = `http://127.0.0.1:${port}`;
  await waitForAnswer({ url: `${url}/api/health`, owned, logFile });
  return {
    url,
    async stop() {
      await owned.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function build(folder: string): Promise<void> {
  const logFile = path.join(folder, 'build.log');
  const code = await runGuarded({
    command: process.execPath,
    args: [path.join(folder, 'node_modules/.bin/next'), 'build'],
    cwd: folder,
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    logFile,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
  }).exited;
  if (code !== 0) throw new Error(`The copy with literals could not be built; see ${logFile}.`);
}

/** The installed packages again, by hard links: the bundler follows none out of its folder, and a copy would be slow. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    const kind = lstatSync(source);
    if (kind.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (kind.isDirectory()) linkTree(source, target);
    else {
      try {
        linkSync(source, target);
      } catch {
        copyFileSync(source, target);
      }
    }
  }
}
