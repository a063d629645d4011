import { createServer } from 'node:http';
import next from 'next';
import { settleHeaders } from '../lib/commands/serve';

// The built portal in a folder that its proxy.ts was taken out of (own-app-process.ts): does the data guard itself?
const [port, dir] = process.argv.slice(2);
const app = next({ dev: false, dir: dir ?? '', hostname: '127.0.0.1', port: Number(port) });
await app.prepare();
const handle = app.getRequestHandler();
createServer((request, response) => {
  settleHeaders({ request, trusted: [] });
  void handle(request, response);
}).listen(Number(port), '127.0.0.1');
