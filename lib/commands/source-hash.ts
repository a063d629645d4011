import 'server-only';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { cloneRoot } from './demo-files';

/** What a build depends on. Tests and what Prisma generates from the schema are not among it. */
const sources = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'next.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'postcss.config.mjs',
  'postcss.config.cjs',
  'tsconfig.json',
  'package-lock.json',
];
const passedOver = /(^|\/)(generated|commands|testing|bench)$|\.test\.tsx?$/;

function filesBelow(entry: string): string[] {
  const full = path.join(cloneRoot, entry);
  if (passedOver.test(entry) || !existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [entry];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(`${entry}/${name}`));
}

/** One hash over the content of everything that a build of the portal depends on. */
export function sourceHash(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesBelow)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(cloneRoot, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
