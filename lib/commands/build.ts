import 'server-only';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runGuarded } from '@/lib/process/guarded';
import { toBuildStep } from './build-steps';
import { cloneRoot, dataFolder } from './demo-files';
import { followFile } from './follow-file';
import { sourceHash } from './source-hash';

const clientFolder = path.join(cloneRoot, 'lib/db/generated');
const clientStamp = path.join(clientFolder, '.schema-hash');
const buildStamp = path.join(cloneRoot, '.next/quayside-build');

const readStamp = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Runs a program of node_modules to its end, its output in a file; throws with that output when it fails. */
async function runQuietly({
  name,
  args,
  onLine,
}: {
  name: string;
  args: string[];
  onLine?: (line: string) => void;
}): Promise<void> {
  mkdirSync(dataFolder, { recursive: true });
  const logFile = path.join(dataFolder, `${name}.log`);
  // Nothing of the last run is taken for this one's.
  writeFileSync(logFile, '');
  const { exited } = runGuarded({
    command: process.execPath,
    args: [path.join(cloneRoot, 'node_modules/.bin', name), ...args],
    cwd: cloneRoot,
    env: { NODE_ENV: 'production' },
    logFile,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
  });
  const end = onLine === undefined ? () => undefined : followFile(logFile, onLine);
  const code = await exited;
  end();
  if (code !== 0) throw new Error(`"${name} ${args.join(' ')}" failed:\n${readFileSync(logFile, 'utf8').trimEnd()}`);
}

/** Generates Prisma's client when the schema is not the one it was made from. Resolves with whether it did. */
export async function ensureClient(): Promise<boolean> {
  const schema = readFileSync(path.join(cloneRoot, 'prisma/schema.prisma'));
  const lock = readFileSync(path.join(cloneRoot, 'package-lock.json'));
  const wanted = createHash('sha256').update(schema).update(lock).digest('hex');
  if (readStamp(clientStamp) === wanted) return false;
  await runQuietly({ name: 'prisma', args: ['generate'] });
  writeFileSync(clientStamp, wanted);
  return true;
}

/** Whether the build in .next was made from today's sources. */
export function isBuilt(): boolean {
  return existsSync(path.join(cloneRoot, '.next/BUILD_ID')) && readStamp(buildStamp) === sourceHash();
}

/**
 * Builds the portal when its sources have changed since the last build. Throws with the build's output.
 * @param onStep told how far it is, in words
 */
export async function ensureBuild(onStep?: (step: string) => void): Promise<void> {
  if (isBuilt()) return;
  // Taken before: what changes while it builds makes the next run build again.
  const hash = sourceHash();
  const onLine = (line: string): void => {
    const step = toBuildStep(line);
    if (step !== null) onStep?.(step);
  };
  await runQuietly({ name: 'next', args: ['build'], onLine });
  writeFileSync(buildStamp, hash);
}
