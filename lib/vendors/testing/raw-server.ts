import { createServer, type Server, type Socket } from 'node:net';

/** A socket of a raw server, with the requests that were read from it. */
export interface RawSocket {
  readonly socket: Socket;
  /** Which connection since the start, from 1. */
  readonly connection: number;
  /** Which request on this connection, from 1. */
  readonly request: number;
  /** Head and body as received. */
  readonly text: string;
  reply(status: number, body: string, headers?: Record<string, string>): void;
}

export interface RawServer {
  readonly url: string;
  readonly port: number;
  /** Requests that were read whole, in order. */
  readonly requests: string[];
  readonly connections: Socket[];
  stop(): Promise<void>;
}

/** An HTTP server down to the bytes, so that a test can reset, stop reading or answer nonsense exactly when it wants. */
export async function startRawServer(
  onRequest: (request: RawSocket) => void,
  { onConnection }: { readonly onConnection?: (socket: Socket, connection: number) => void } = {},
): Promise<RawServer> {
  const requests: string[] = [];
  const connections: Socket[] = [];
  const server: Server = createServer((socket) => {
    connections.push(socket);
    const connection = connections.length;
    let pending = '';
    let count = 0;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let whole = takeRequest(pending); whole !== null; whole = takeRequest(pending)) {
        pending = pending.slice(whole.length);
        count += 1;
        requests.push(whole);
        onRequest({
          socket,
          connection,
          request: count,
          text: whole,
          reply: (status, body, headers = {}) => {
            const all = { 'Content-Length': String(Buffer.byteLength(body)), ...headers };
            const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
            socket.write(`HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n${body}`);
          },
        });
      }
    });
    onConnection?.(socket, connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    connections,
    async stop() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function takeRequest(text: string): string | null {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length >= end + 4 + length ? text.slice(0, end + 4 + length) : null;
}
