import 'server-only';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { env } from '@/lib/env';
import { applyDeclaredConnections } from './apply-connections';
import { checkStart } from './check-start';
import { cloneRoot } from './demo-files';

const built = existsSync(path.join(cloneRoot, '.next/BUILD_ID'));
const problems = [
  ...(await checkStart(process.env)),
  ...(built ? [] : ['There is no build yet: run "npm run build".']),
];
if (problems.length > 0) {
  process.stderr.write(`The portal does not start:\n${problems.map((problem) => `- ${problem}\n`).join('')}`);
  process.exit(1);
}

await applyDeclaredConnections();

const { PORT, HOST, TRUSTED_PROXIES } = env();
const server = path.join(import.meta.dirname, 'serve.ts');
// This process becomes the server: the checks and their loader leave nothing behind, and signals reach it directly.
if (process.execve === undefined) throw new Error('The portal starts on Linux and macOS.');
const args = [process.execPath, server, String(PORT), HOST, ...TRUSTED_PROXIES];
process.execve(process.execPath, args, { ...process.env, NODE_ENV: 'production' });
