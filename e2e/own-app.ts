import { spawn } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { environment } from './environment';

/** A portal of a test's own, with a database of its own, at the simulators of the run. It may be killed. */
export interface OwnApp {
  readonly url: string;
  /** Ends it at once, as a crash would. */
  kill: () => Promise<void>;
  /** Starts it again with the same database, keys and port. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface OwnAppOptions {
  /** Longest wait for a vendor's answer. */
  readonly timeoutMs?: number;
  /** Runs the build with its `proxy.ts` taken out. */
  readonly withoutProxy?: boolean;
}

const answerSchema = z.object({ url: z.string().optional(), error: z.string().optional() });

/**
 * Starts one in a process of its own (own-app-process.ts), because Playwright's loads neither React's server condition
 * nor our paths.
 */
export async function startOwnApp(options: OwnAppOptions): Promise<OwnApp> {
  const { simulators, database } = environment();
  const cluster = new URL(database.superUrl);
  cluster.pathname = '/postgres';
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', path.join(import.meta.dirname, 'own-app-process.ts')],
    {
      cwd: path.resolve(import.meta.dirname, '..'),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, QUAYSIDE_TEST_POSTGRES: cluster.href, QUAYSIDE_PARENT_PID: String(process.pid) },
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ask = async (question: object): Promise<string> => {
    const answer = new Promise<unknown>((resolve, reject) => {
      child.once('message', resolve);
      void exited.then(() => reject(new Error('The portal of this test has ended; see above.')));
    });
    child.send(question);
    const { url, error } = answerSchema.parse(await answer);
    if (error !== undefined) throw new Error(error);
    return url ?? '';
  };
  const stop = async () => {
    if (child.connected) child.disconnect();
    await exited;
  };
  try {
    const url = await ask({ act: 'start', simulators, ...options });
    return {
      url,
      kill: async () => void (await ask({ act: 'kill' })),
      restart: async () => void (await ask({ act: 'restart' })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
