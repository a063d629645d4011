import diagnostics from 'node:diagnostics_channel';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type RawServer, type RawSocket, startRawServer } from '../testing/raw-server';
import { selfSigned } from '../testing/self-signed';
import { type TestCall, testCall, testConnection } from '../testing/vendor-call';
import type { VendorProblem } from '../vendor';
import { maxReplyBytes, VendorHttp, type VendorRequest } from './client';
import { allowList } from './redact';
import { repeat } from './retry';
import { RetryBudget } from './retry-budget';
import { NotSent, VendorError } from './vendor-error';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function startHttp(options: ConstructorParameters<typeof VendorHttp>[0] = {}): VendorHttp {
  const http = new VendorHttp(options);
  closing.push(() => http.close());
  return http;
}

async function start(
  onRequest: (request: RawSocket) => void,
  options?: Parameters<typeof startRawServer>[1],
): Promise<RawServer> {
  const server = await startRawServer(onRequest, options);
  closing.unshift(() => server.stop());
  return server;
}

type Overrides = Partial<Omit<VendorRequest<string>, 'url'>> & { readonly url?: string };

function request(base: string, { url, ...rest }: Overrides = {}): VendorRequest<string> {
  return {
    vendor: 'Vendor',
    purpose: 'create',
    method: 'POST',
    url: new URL(url ?? `${base}/v1/things`),
    headers: { authorization: 'Bearer TOKEN-CANARY', 'x-correlation-id': 'c-1' },
    body: { json: { name: 'Zeus', secret: 'BODY-CANARY' } },
    canTakeEffect: true,
    reply: { statuses: [200, 201], schema: z.string().check(z.minLength(1)) },
    keep: { request: allowList(['name']), reply: allowList(['$']) },
    secrets: ['TOKEN-CANARY'],
    ...rest,
  };
}

async function problemOf(promise: Promise<unknown>): Promise<VendorProblem> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof VendorError)) throw new Error('A VendorError was expected', { cause: error });
  return error.problem;
}

const brief = (problem: VendorProblem, call: TestCall) => {
  const last = call.exchanges.at(-1);
  return `${problem.kind}/${problem.effect} ${last?.phase} ${last?.failure}`;
};

describe('how far a request came', () => {
  test('no listener: unreachable, nothing sent', async () => {
    const server = await startRawServer(() => undefined);
    await server.stop();
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('unreachable/none not-connected ECONNREFUSED');
    expect(problem.params.reason).toBe('refused');
  });

  test('an unknown name: unreachable by name', async () => {
    const resolveAll = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp({ resolveAll }).send(call, request('http://nowhere.example')));
    expect(brief(problem, call)).toBe('unreachable/none not-connected ENOTFOUND');
    expect(problem.params.reason).toBe('dns');
  });

  test('a reset after the request was read, on a fresh socket: unknown, and the vendor saw it once', async () => {
    const server = await start(({ socket }) => socket.resetAndDestroy());
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('connection-lost/unknown headers-written ECONNRESET');
    expect([server.requests.length, server.connections.length]).toEqual([1, 1]);
  });

  test('a socket closed without a word after the request was read: unknown, once', async () => {
    const server = await start(({ socket }) => socket.end());
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('connection-lost/unknown headers-written UND_ERR_SOCKET');
    expect(server.requests.length).toBe(1);
  });

  test('a reset on a reused socket after the request was read: unknown, once', async () => {
    const server = await start((one) => (one.request === 1 ? one.reply(200, '"first"') : one.socket.resetAndDestroy()));
    const http = startHttp();
    const connection = testConnection();
    await http.send(testCall(connection), request(server.url));
    const call = testCall(connection);
    const problem = await problemOf(http.send(call, request(server.url)));
    expect(brief(problem, call)).toBe('connection-lost/unknown headers-written ECONNRESET');
    expect([server.requests.length, server.connections.length]).toEqual([2, 1]);
  });

  test('a reset on a reused socket before our bytes were read: they were written, so unknown, and never again', async () => {
    const server = await start((one) => {
      one.reply(200, '"first"');
      one.socket.pause(); // what comes next stays unread in the kernel
    });
    const http = startHttp();
    const connection = testConnection();
    await http.send(testCall(connection), request(server.url));
    // undici tells when it hands the bytes over; the reset follows in a later turn of the loop.
    const onHeaders = () => setImmediate(() => server.connections[0]?.resetAndDestroy());
    diagnostics.subscribe('undici:client:sendHeaders', onHeaders);
    const call = testCall(connection);
    const problem = await problemOf(http.send(call, request(server.url)));
    diagnostics.unsubscribe('undici:client:sendHeaders', onHeaders);
    expect(brief(problem, call)).toBe('connection-lost/unknown headers-written ECONNRESET');
    expect([server.requests.length, server.connections.length]).toEqual([1, 1]);
  });

  test('a kept socket that the vendor closed meanwhile: the request leaves once, on a fresh one', async () => {
    const server = await start((one) => one.reply(200, '"yes"'));
    const http = startHttp();
    const connection = testConnection();
    await http.send(testCall(connection), request(server.url));
    const ended = new Promise((resolve) => server.connections[0]?.once('close', resolve));
    server.connections[0]?.end();
    await ended;
    const call = testCall(connection);
    expect((await http.send(call, request(server.url))).value).toBe('yes');
    expect([server.requests.length, server.connections.length, call.exchanges.length]).toEqual([2, 2, 1]);
  });

  test('bytes that are no HTTP: an invalid reply, unknown', async () => {
    const server = await start(({ socket }) => socket.end('hello there\r\n\r\n'));
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('invalid-reply/unknown headers-written HTTPParserError');
  });

  test('early hints are no answer', async () => {
    const server = await start((one) => {
      one.socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
      one.reply(201, '"id"');
    });
    expect((await startHttp().send(testCall(testConnection()), request(server.url))).status).toBe(201);
  });
});

describe('TLS', () => {
  async function startTls(): Promise<{ url: string; bytes: () => number }> {
    let bytes = 0;
    const server = createTlsServer(selfSigned, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        bytes += chunk.length;
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"tls"');
      });
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.unshift(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    return { url: `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, bytes: () => bytes };
  }

  test('a certificate nobody trusts: unreachable by TLS, not one byte of the request was written', async () => {
    const server = await startTls();
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('unreachable/none connected DEPTH_ZERO_SELF_SIGNED_CERT');
    expect([problem.params.reason, server.bytes()]).toEqual(['tls', 0]);
  });

  test('a certificate for another name: likewise', async () => {
    const server = await startTls();
    const http = startHttp({
      ca: selfSigned.cert,
      resolveAll: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    const call = testCall(testConnection());
    const problem = await problemOf(http.send(call, request(server.url.replace('127.0.0.1', 'other.test'))));
    expect(brief(problem, call)).toBe('unreachable/none connected ERR_TLS_CERT_ALTNAME_INVALID');
    expect(server.bytes()).toBe(0);
  });

  test('a listener that speaks no TLS: likewise', async () => {
    const server = await start(() => undefined, { onConnection: (socket) => socket.end('220 hello\r\n') });
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url.replace('http:', 'https:'))));
    expect(`${problem.kind}/${problem.effect}/${problem.params.reason}`).toBe('unreachable/none/tls');
    expect(call.exchanges[0]?.phase).toBe('connected');
    expect(server.requests.length).toBe(0);
  });

  test('a listener that cuts the handshake: likewise', async () => {
    const server = await start(() => undefined, { onConnection: (socket) => socket.resetAndDestroy() });
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url.replace('http:', 'https:'))));
    expect([problem.kind, problem.effect]).toEqual(['unreachable', 'none']);
  });

  test('a trusted certificate works', async () => {
    const server = await startTls();
    const http = startHttp({ ca: selfSigned.cert });
    expect((await http.send(testCall(testConnection()), request(server.url))).value).toBe('tls');
  });
});

describe('deadlines', () => {
  test('no answer: unknown after the timeout of the request', async () => {
    const server = await start(() => undefined);
    const call = testCall(testConnection({ timeoutMs: 250 }));
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('timeout/unknown headers-written timeout');
    expect(server.requests.length).toBe(1);
  });

  test('the timeout covers the body too: headers in time do not extend it', async () => {
    const server = await start(({ socket }) => {
      socket.write('HTTP/1.1 201 Created\r\ncontent-length: 40\r\n\r\n"');
    });
    const call = testCall(testConnection({ timeoutMs: 250 }));
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('timeout/unknown answered timeout');
    expect(problem.status).toBe(201);
  });

  test('a signal ends the call earlier, and does not take the timeout away', async () => {
    const server = await start((one) => {
      if (one.request === 1 && one.connection === 1) controller.abort();
    });
    const controller = new AbortController();
    const http = startHttp();
    const connection = testConnection({ timeoutMs: 250 });
    const aborted = testCall(connection, { signal: controller.signal });
    expect(brief(await problemOf(http.send(aborted, request(server.url))), aborted)).toBe(
      'timeout/unknown headers-written aborted',
    );
    const waiting = testCall(connection, { signal: new AbortController().signal });
    expect(brief(await problemOf(http.send(waiting, request(server.url))), waiting)).toBe(
      'timeout/unknown headers-written timeout',
    );
  });

  test('a deadline that passed before: nothing leaves, and the sent mark is not set', async () => {
    const server = await start((one) => one.reply(200, '"yes"'));
    const call = testCall(testConnection(), { signal: AbortSignal.abort() });
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('unreachable/none not-connected aborted');
    expect([server.requests.length, call.turns.taken, call.marks.count]).toEqual([0, 0, 0]);
  });

  test('a deadline that passes in the queue for a turn: likewise', async () => {
    const server = await start((one) => one.reply(200, '"yes"'));
    const controller = new AbortController();
    const takeTurn = async () => {
      controller.abort();
      throw controller.signal.reason;
    };
    const call = testCall(testConnection(), { signal: controller.signal, takeTurn });
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect([problem.kind, problem.effect]).toEqual(['unreachable', 'none']);
    expect([server.requests.length, call.marks.count]).toEqual([0, 0]);
  });

  test('given up while it waits for a socket, a request does not leave afterwards', async () => {
    const server = await start((one) => one.reply(200, '"late"'));
    let resolved: (addresses: { address: string; family: number }[]) => void = () => undefined;
    const addresses = new Promise<{ address: string; family: number }[]>((resolve) => {
      resolved = resolve;
    });
    const http = startHttp({ resolveAll: () => addresses });
    const connection = testConnection({ timeoutMs: 250 });
    const named = server.url.replace('127.0.0.1', 'slow.test');
    const call = testCall(connection);
    const problem = await problemOf(http.send(call, request(named)));
    expect(brief(problem, call)).toBe('unreachable/none not-connected timeout');
    // Now the socket opens; the next request uses it, and is the first the vendor sees.
    resolved([{ address: '127.0.0.1', family: 4 }]);
    const next = request(named, { body: { json: { name: 'next' } } });
    expect((await http.send(testCall(connection), next)).value).toBe('late');
    expect(server.requests.length).toBe(1);
    expect(server.requests[0]).toContain('"next"');
  });
});

describe('the sent mark', () => {
  test('turn, then mark, then the request', async () => {
    const order: string[] = [];
    const server = await start((one) => {
      order.push('request');
      one.reply(201, '"id"');
    });
    const call = testCall(testConnection(), {
      takeTurn: async () => void order.push('turn'),
      beforeEffect: async () => void order.push('mark'),
    });
    await startHttp().send(call, request(server.url));
    expect(order).toEqual(['turn', 'mark', 'request']);
  });

  test('a mark that cannot be committed keeps the request here (R4)', async () => {
    const server = await start((one) => one.reply(201, '"id"'));
    for (const error of [new NotSent('deadline passed'), new Error('the database is gone')]) {
      const call = testCall(testConnection(), { beforeEffect: () => Promise.reject(error) });
      await expect(startHttp().send(call, request(server.url))).rejects.toBe(error);
      expect(call.exchanges).toEqual([]);
    }
    expect(server.connections.length).toBe(0);
  });

  test('it is set once, however often the request is repeated', async () => {
    const server = await start((one) => (one.request < 3 ? one.reply(429, '') : one.reply(201, '"id"')));
    const http = startHttp({ clock: { now: Date.now, random: () => 0, sleep: async () => undefined } });
    const call = testCall(testConnection());
    const reply = await repeat(
      { signal: call.signal, canTakeEffect: true, clock: http.clock, budget: new RetryBudget() },
      () => http.send(call, request(server.url)),
    );
    expect(reply.value).toBe('id');
    expect([call.turns.taken, call.marks.count, server.requests.length]).toEqual([3, 1, 3]);
  });

  test('a read sets none', async () => {
    const server = await start((one) => one.reply(200, '"id"'));
    const call = testCall(testConnection());
    await startHttp().send(call, request(server.url, { method: 'GET', body: null, canTakeEffect: false }));
    expect([call.turns.taken, call.marks.count]).toEqual([1, 0]);
  });
});

describe('answers', () => {
  const cases: readonly (readonly [string, (one: RawSocket) => void, string])[] = [
    ['JSON under its own type', (one) => one.reply(201, '"id"', { 'Content-Type': 'application/json' }), 'id'],
    ['JSON under another type', (one) => one.reply(201, '"id"', { 'Content-Type': 'text/html' }), 'id'],
    ['JSON without a type', (one) => one.reply(200, '"id"'), 'id'],
    ['JSON after a byte order mark', (one) => one.reply(200, '\uFEFF"id"'), 'id'],
    ['HTML', (one) => one.reply(200, '<html></html>', { 'Content-Type': 'text/html' }), 'invalid-reply/unknown'],
    ['nothing', (one) => one.reply(201, ''), 'invalid-reply/unknown'],
    ['JSON that breaks off', (one) => one.reply(201, '"i'), 'invalid-reply/unknown'],
    ['JSON of another shape', (one) => one.reply(201, '{"id":"id"}'), 'invalid-reply/unknown'],
    ['a 2xx that the contract does not know', (one) => one.reply(202, '"id"'), 'invalid-reply/unknown'],
    ['204', (one) => one.socket.write('HTTP/1.1 204 No Content\r\n\r\n'), 'invalid-reply/unknown'],
    ['a redirect', (one) => one.reply(307, '', { Location: '/elsewhere' }), 'invalid-reply/unknown'],
    [
      'half a body',
      (one) => one.socket.end('HTTP/1.1 201 Created\r\ncontent-length: 38\r\n\r\n"f574cf12'),
      'connection-lost/unknown',
    ],
    [
      'a chunked body that breaks off',
      (one) => one.socket.end('HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\n"f574'),
      'connection-lost/unknown',
    ],
    ['half a refusal', (one) => one.socket.end('HTTP/1.1 400 Bad\r\ncontent-length: 99\r\n\r\n{'), 'rejected/none'],
  ];
  test.each(cases)('%s', async (_name, answer, expected) => {
    const server = await start(answer);
    const call = testCall(testConnection());
    const outcome = await startHttp()
      .send(call, request(server.url))
      .then(
        (reply) => reply.value,
        (error: unknown) => (error instanceof VendorError ? `${error.problem.kind}/${error.problem.effect}` : 'other'),
      );
    expect([outcome, server.requests.length]).toEqual([expected, 1]);
  });

  test('ten megabytes are cut at the cap: unknown, and nothing beyond is kept', async () => {
    const size = 10 * 1024 * 1024;
    const server = await start((one) => one.reply(201, `"${'x'.repeat(size)}"`));
    const call = testCall(testConnection());
    const problem = await problemOf(startHttp().send(call, request(server.url)));
    expect(brief(problem, call)).toBe('invalid-reply/unknown answered too-large');
    expect(call.exchanges[0]?.responseBytes).toBe(maxReplyBytes);
    expect(call.exchanges[0]?.responseBody).toMatchObject({ bytes: maxReplyBytes, cut: true });
  });

  test('a body that is not JSON is read as text only where the contract says so', async () => {
    const server = await start((one) => one.reply(200, ' f574cf12\r\n', { 'Content-Type': 'text/plain' }));
    const schema = z.string();
    const http = startHttp();
    const bare = request(server.url, { reply: { statuses: [200], schema, bareText: true } });
    expect((await http.send(testCall(testConnection()), bare)).value).toBe('f574cf12');
    const strict = request(server.url, { reply: { statuses: [200], schema } });
    expect((await problemOf(http.send(testCall(testConnection()), strict))).kind).toBe('invalid-reply');
  });

  test('a redirect is not followed, and its target not kept', async () => {
    const server = await start((one) => one.reply(302, '', { Location: 'http://127.0.0.1:1/?token=CANARY' }));
    const call = testCall(testConnection());
    await problemOf(startHttp().send(call, request(server.url, { method: 'GET', body: null, canTakeEffect: false })));
    expect(server.requests.length).toBe(1);
    expect(JSON.stringify(call.exchanges)).not.toContain('CANARY');
  });
});

describe('the record', () => {
  test('holds what happened, and neither tokens nor values off the list', async () => {
    const server = await start((one) =>
      one.reply(400, '{"said":"TOKEN-CANARY","other":"x"}', {
        'Content-Type': 'application/json',
        'Set-Cookie': 'a=CANARY',
      }),
    );
    const call = testCall(testConnection());
    const problem = await problemOf(
      startHttp().send(
        call,
        request(server.url, {
          url: `${server.url}/v1/things?q=QUERY-CANARY&page=1`,
          keep: { query: ['page'], request: allowList(['name']), refusal: allowList(['said']) },
          readRefusal: () => ({ type: 'TOKEN-CANARY', description: 'you sent TOKEN-CANARY' }),
        }),
      ),
    );
    expect(call.exchanges[0]).toMatchObject({
      purpose: 'create',
      method: 'POST',
      url: `${server.url}/v1/things?q=‹string, 12 characters›&page=1`,
      phase: 'answered',
      status: 400,
      failure: null,
      requestHeaders: { accept: 'application/json', 'content-type': 'application/json', 'x-correlation-id': 'c-1' },
      requestBody: { name: 'Zeus', '‹other keys›': 1 },
      requestBytes: 38,
      responseBody: { said: '‹secret›', '‹other keys›': 1 },
      responseBytes: 35,
    });
    expect(problem.vendorDescription).toBe('you sent ‹secret›');
    expect(JSON.stringify([call.exchanges, problem])).not.toContain('CANARY');
  });

  test('an address that may not be called is recorded, and no turn is taken for it', async () => {
    const call = testCall(testConnection({ sandbox: false }));
    const problem = await problemOf(startHttp().send(call, request('http://127.0.0.1:1')));
    expect(brief(problem, call)).toBe('unreachable/none not-connected QUAYSIDE_ADDRESS_REFUSED');
    expect([problem.retryable, call.turns.taken, call.marks.count]).toEqual([false, 0, 0]);
  });
});

describe('sockets', () => {
  test('a connection keeps its sockets; another connection, or a newer version of it, has its own', async () => {
    const server = await start((one) => one.reply(200, '"yes"'));
    const http = startHttp();
    const one = testConnection();
    await http.send(testCall(one), request(server.url));
    await http.send(testCall(one), request(server.url));
    expect(server.connections.length).toBe(1);
    await http.send(testCall(testConnection()), request(server.url));
    expect(server.connections.length).toBe(2);
    const closed = new Promise((resolve) => server.connections[0]?.once('close', resolve));
    await http.send(testCall({ ...one, version: 2 }), request(server.url));
    expect(server.connections.length).toBe(3);
    await closed; // the old version's socket is let go
  });
});
