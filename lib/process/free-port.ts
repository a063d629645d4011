import 'server-only';
import { createServer } from 'node:net';

const isTaken = (error: NodeJS.ErrnoException): boolean => ['EADDRINUSE', 'EACCES'].includes(error.code ?? '');

/** The port that could be listened on; undefined when it is taken. */
function tryPort({ port, host }: { port: number; host: string }): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    // An address that this machine does not have (IPv6 switched off) cannot be taken either.
    server.once('error', (error) => resolve(isTaken(error) ? undefined : port));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const listened = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(listened));
    });
  });
}

/**
 * The first port from `preferred` on that nobody listens on, neither on 127.0.0.1 nor on ::1 (what "localhost" means
 * differs); 0 asks the system for any. Ports in `except` are passed over. Throws when fifty in a row are taken.
 */
export async function freePort({ preferred, except = [] }: { preferred: number; except?: number[] }): Promise<number> {
  for (let port = preferred; port < preferred + 50 && port <= 65_535; port += 1) {
    if (except.includes(port)) continue;
    const free = await tryPort({ port, host: '127.0.0.1' });
    if (free !== undefined && (await tryPort({ port: free, host: '::1' })) !== undefined) return free;
  }
  throw new Error(`No free port from ${preferred} to ${preferred + 49}.`);
}
