// The server around Next. Node runs this file as it is, without loader and without React's server condition: a loader
// costs 70 MB and a tenth of the throughput (measured), and Next picks its own React. Hence no import from the project.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import ipaddr from 'ipaddr.js';
import next from 'next';

/** Longest that open requests and the work after them may take once the server is asked to stop. */
const stopLimitMs = 30_000;
/** Forms are a few kilobytes; nothing uploads files. */
const bodyLimitBytes = 4 * 1024 * 1024;

/** Headers by which somebody may claim to be somebody else, or elsewhere. */
const claims = /^(x-forwarded-.*|forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip)$/;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const toAddress = (text: string): Address | undefined => (ipaddr.isValid(text) ? ipaddr.process(text) : undefined);

function isTrusted({ address, trusted }: { address: Address; trusted: string[] }): boolean {
  return trusted.some((entry) => {
    const [range, bits] = entry.includes('/') ? ipaddr.parseCIDR(entry) : [ipaddr.process(entry), undefined];
    if (range.kind() !== address.kind()) return false;
    return address.match(range, bits ?? (range.kind() === 'ipv4' ? 32 : 128));
  });
}

/**
 * The client's address: the socket's, unless that is a trusted proxy; then the nearest forwarded hop that is none.
 * What is no address ends the walk, since nothing to its left can be believed.
 */
export function clientAddress({
  socket,
  forwardedFor,
  trusted,
}: {
  socket: string;
  forwardedFor: string | undefined;
  trusted: string[];
}): string {
  let current = toAddress(socket);
  if (current === undefined) return socket;
  for (const hop of (forwardedFor ?? '').split(',').reverse()) {
    if (!isTrusted({ address: current, trusted })) break;
    const address = toAddress(hop.trim());
    if (address === undefined) break;
    current = address;
  }
  return current.toString();
}

/** Leaves only headers about the client that are true: claims count from a trusted proxy alone. */
export function settleHeaders({ request, trusted }: { request: IncomingMessage; trusted: string[] }): void {
  const { headers } = request;
  const socket = request.socket.remoteAddress ?? '';
  const peer = toAddress(socket);
  const believed = peer !== undefined && isTrusted({ address: peer, trusted });
  const given = headers['x-forwarded-for'];
  const forwardedFor = Array.isArray(given) ? given.join(',') : given;
  const client = clientAddress({ socket, forwardedFor, trusted });
  for (const name of Object.keys(headers)) {
    if (!believed && claims.test(name)) delete headers[name];
  }
  headers['x-forwarded-for'] = client;
  headers['x-quayside-client'] = client;
}

/** Ends a request whose body grows past the limit; its length is known beforehand or counted while it arrives. */
function limitBody({ request, response }: { request: IncomingMessage; response: ServerResponse }): boolean {
  const refuse = (): void => {
    if (!response.headersSent) response.writeHead(413, { connection: 'close' });
    response.end(() => request.destroy());
  };
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) {
    refuse();
    return false;
  }
  let received = 0;
  const push = request.push.bind(request);
  request.push = (chunk, encoding) => {
    received += chunk instanceof Uint8Array ? chunk.length : 0;
    if (received <= bodyLimitBytes) return push(chunk, encoding);
    refuse();
    return false;
  };
  return true;
}

/** Stops accepting, lets open requests end and then what they left to do (`after`), within the limit. */
async function stopServer({ server, app }: { server: Server; app: { close: () => Promise<void> } }): Promise<void> {
  const finish = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    // A kept-alive connection turns idle when its last answer is out.
    const sweep = setInterval(() => server.closeIdleConnections(), 100);
    await closed;
    clearInterval(sweep);
    await app.close();
  };
  await Promise.race([finish(), delay(stopLimitMs)]);
  process.exit(0);
}

/** Calls `end` when the process that started us (and said so in QUAYSIDE_PARENT_PID) is gone, however it went. */
function endWithParent(end: () => void): void {
  const parent = Number(process.env.QUAYSIDE_PARENT_PID);
  delete process.env.QUAYSIDE_PARENT_PID;
  if (!Number.isInteger(parent) || parent === 0) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 300);
  watch.unref();
}

async function serve({ port, host, trusted }: { port: number; host: string; trusted: string[] }): Promise<void> {
  const app = next({ dev: false, dir: path.resolve(import.meta.dirname, '../..'), hostname: host, port });
  let stopping = false;
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createServer({ requestTimeout: 60_000, keepAliveTimeout: 65_000 }, (request, response) => {
    settleHeaders({ request, trusted });
    if (stopping) response.setHeader('connection', 'close');
    if (limitBody({ request, response })) void handle(request, response);
  });
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void stopServer({ server, app });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  endWithParent(stop);
  server.on('error', (error) => {
    process.stderr.write(`The portal cannot listen on ${host}:${port}: ${error.message}.\n`);
    process.exit(1);
  });
  server.listen(port, host, () => process.stdout.write(`The portal listens on ${host}:${port}.\n`));
}

if (import.meta.main) {
  const [port, host, ...trusted] = process.argv.slice(2);
  await serve({ port: Number(port), host: host ?? '127.0.0.1', trusted });
}
