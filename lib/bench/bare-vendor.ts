import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

// A vendor without delay, in a process of its own: signs anybody in and creates whatever it is sent. It stands for the
// other side of the wire in a measurement, and checks nothing.
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const isToken = request.url?.includes('/token') === true;
    const body = isToken
      ? JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: 'bench' })
      : JSON.stringify(randomUUID());
    response.writeHead(isToken ? 200 : 201, { 'content-type': 'application/json' }).end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('disconnect', () => process.exit(0));
