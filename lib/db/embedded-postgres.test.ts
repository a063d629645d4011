import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startPostgres } from './embedded-postgres';
import { withClient } from './logins';

const startedSchema = z.object({ superUrl: z.string(), home: z.string() });
const leftovers: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-kept-'));
  leftovers.push(folder);
  return folder;
}

async function startKept(folder: string) {
  const server = await startPostgres({ folder, durable: true });
  leftovers.push(server.home);
  return server;
}

async function startInChild(folder: string): Promise<{ child: ChildProcess; superUrl: string; home: string }> {
  const script = path.resolve(import.meta.dirname, '../testing/postgres-child.ts');
  const args = ['--conditions=react-server', '--import', 'tsx', script, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const started = startedSchema.parse(JSON.parse(line));
    leftovers.push(started.home);
    return { child, ...started };
  }
  throw new Error('The child ended before PostgreSQL was up.');
}

const postmasterOf = (home: string) =>
  Number(readFileSync(path.join(home, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);

const isGone = (pid: number) => {
  expect(() => process.kill(pid, 0)).toThrow();
};

const write = (url: string) =>
  withClient(url, async (client) => {
    await client.query('CREATE TABLE kept (word text)');
    await client.query(`INSERT INTO kept VALUES ('still here')`);
  });

const read = (url: string) => withClient(url, async (client) => (await client.query('SELECT word FROM kept')).rows);

afterEach(() => {
  for (const folder of leftovers.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  test('keeps its data over a stop and a start, and its password for its owner alone', async () => {
    const folder = newFolder();
    const first = await startKept(folder);
    await write(first.superUrl);
    await first.stop();
    const second = await startKept(folder);
    expect(await read(second.superUrl)).toEqual([{ word: 'still here' }]);
    expect(statSync(path.join(folder, 'password')).mode & 0o777).toBe(0o600);
    await second.stop();
  });

  test('ends soon after its starter is killed, and starts again with its data', async () => {
    const folder = newFolder();
    const { child, superUrl, home } = await startInChild(folder);
    await write(superUrl);
    const postmaster = postmasterOf(home);
    child.kill('SIGKILL');
    await vi.waitFor(() => isGone(postmaster), { timeout: 10_000, interval: 50 });
    const again = await startKept(folder);
    expect(await read(again.superUrl)).toEqual([{ word: 'still here' }]);
    await again.stop();
  });

  test.runIf(process.platform === 'linux')('replaces an orphan whose starter and guard were both killed', async () => {
    const folder = newFolder();
    const { child, superUrl, home } = await startInChild(folder);
    await write(superUrl);
    const postmaster = postmasterOf(home);
    const guard = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${postmaster}/status`, 'utf8'))?.[1]);
    process.kill(guard, 'SIGKILL');
    child.kill('SIGKILL');
    const again = await startKept(folder);
    isGone(postmaster);
    expect(await read(again.superUrl)).toEqual([{ word: 'still here' }]);
    await again.stop();
  });

  test('starts beside a stale lock file that names a living process of somebody else', async () => {
    const folder = newFolder();
    const first = await startKept(folder);
    await first.stop();
    writeFileSync(path.join(first.home, 'cluster/postmaster.pid'), `${process.pid}\n${first.home}/cluster\n0\n5432\n`);
    const second = await startKept(folder);
    await second.stop();
  });

  test('takes the next port when somebody listens on the one it was given', async () => {
    const other = createServer();
    const taken = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const server = await startPostgres({ port: taken, durable: false });
    expect(server.port).toBeGreaterThan(taken);
    await server.stop();
    other.close();
  });
});
