import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:net';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './exchange';
import { guardedConnector, isAllowedAddress, parseVendorUrl, type UrlRefusal } from './guard-address';

// S50: what is typed as a base URL. `socket`: it reads like a public name and is judged by what it resolves to.
const typed: readonly (readonly [string, UrlRefusal])[] = [
  ['', 'empty'],
  [' https://api.example.com', 'whitespace'],
  ['https://api.example.com ', 'whitespace'],
  ['https://api.exa mple.com', 'whitespace'],
  ['https://api.example.com\r\nHost: evil', 'whitespace'],
  ['https://api.example.com/%0d\n', 'whitespace'],
  ['ht\ttps://127.0.0.1', 'whitespace'],
  ['https://api.example.com/\u0000', 'whitespace'],
  ['https://api\u200b.example.com', 'whitespace'],
  ['https://api\u2028.example.com', 'whitespace'],
  ['api.example.com', 'not-a-url'],
  ['//api.example.com', 'not-a-url'],
  ['https:api.example.com', 'not-a-url'],
  ['https:///127.0.0.1', 'not-a-url'],
  ['https://', 'not-a-url'],
  ['https://[::1', 'not-a-url'],
  ['https://256.256.256.256', 'not-a-url'],
  ['https://1.2.3.4.5', 'not-a-url'],
  ['https://0x100000000', 'not-a-url'],
  ['https://example.com:99999', 'not-a-url'],
  ['https://exa%00mple.com', 'not-a-url'],
  ['ftp://api.example.com', 'scheme'],
  ['gopher://127.0.0.1:25/', 'scheme'],
  ['file://localhost/etc/passwd', 'scheme'],
  ['ws://api.example.com', 'scheme'],
  ['http://api.example.com', 'not-https'],
  ['HTTP://api.example.com', 'not-https'],
  ['http://169.254.169.254/latest/meta-data/', 'not-https'],
  ['https://user@127.0.0.1', 'user-info'],
  ['https://api.example.com@127.0.0.1', 'user-info'],
  ['https://user:pass@api.example.com', 'user-info'],
  ['https://@127.0.0.1', 'user-info'],
  ['https://:@127.0.0.1', 'user-info'],
  ['https://api.example.com\\@127.0.0.1', 'backslash'],
  ['https:\\\\127.0.0.1', 'backslash'],
  ['https://127.0.0.1#@api.example.com', 'fragment'],
  ['https://api.example.com/#', 'fragment'],
  ['https://api.example.com/?', 'query'],
  ['https://api.example.com/?x=1', 'query'],
  ['https://127.0.0.1', 'address'],
  ['https://127.0.0.1:8443/v1', 'address'],
  ['https://127.1', 'address'],
  ['https://127.0.0.1.', 'address'],
  ['https://2130706433', 'address'],
  ['https://0x7f000001', 'address'],
  ['https://0x7f.0x0.0x0.0x1', 'address'],
  ['https://0177.0.0.1', 'address'],
  ['https://017700000001', 'address'],
  ['https://127.0.0.1%2e', 'address'],
  ['https://127%2e0.0.1', 'address'],
  ['https://①②⑦.⓪.⓪.①', 'address'],
  ['https://１２７.0.0.1', 'address'],
  ['https://127。0。0。1', 'address'],
  ['https://0', 'address'],
  ['https://0.0.0.0', 'address'],
  ['https://10.1.2.3', 'address'],
  ['https://172.16.0.1', 'address'],
  ['https://172.31.255.255', 'address'],
  ['https://192.168.1.1', 'address'],
  ['https://100.64.0.1', 'address'],
  ['https://100.100.100.200', 'address'],
  ['https://169.254.169.254', 'address'],
  ['https://0xA9FEA9FE', 'address'],
  ['https://168.63.129.16', 'address'],
  ['https://192.0.0.192', 'address'],
  ['https://192.0.2.1', 'address'],
  ['https://198.18.0.1', 'address'],
  ['https://224.0.0.1', 'address'],
  ['https://240.0.0.1', 'address'],
  ['https://255.255.255.255', 'address'],
  ['https://[::1]', 'address'],
  ['https://[::]', 'address'],
  ['https://[0:0:0:0:0:0:0:1]', 'address'],
  ['https://[::ffff:127.0.0.1]', 'address'],
  ['https://[::ffff:7f00:1]', 'address'],
  ['https://[::ffff:10.0.0.1]', 'address'],
  ['https://[::ffff:169.254.169.254]', 'address'],
  ['https://[::127.0.0.1]', 'address'],
  ['https://[64:ff9b::7f00:1]', 'address'],
  ['https://[64:ff9b::a9fe:a9fe]', 'address'],
  ['https://[64:ff9b:1::808:808]', 'address'],
  ['https://[2002:7f00:1::]', 'address'],
  ['https://[2002:a00:1::1]', 'address'],
  ['https://[2001:0:7f00:1::]', 'address'],
  ['https://[fe80::1]', 'address'],
  ['https://[fec0::1]', 'address'],
  ['https://[fc00::1]', 'address'],
  ['https://[fd00:ec2::254]', 'address'],
  ['https://[ff02::1]', 'address'],
  ['https://[2001:db8::1]', 'address'],
  ['https://[100::1]', 'address'],
  ['https://[::ffff:0:127.0.0.1]', 'address'],
  ['https://localhost', 'address'],
  ['https://LOCALHOST:8443', 'address'],
  ['https://api.localhost', 'address'],
  ['https://localhost.', 'address'],
];

/** What names resolve to: each must end before a socket is opened. The first answer is what a check before would have seen. */
const resolved: readonly (readonly [string, readonly string[]])[] = [
  ['loopback', ['127.0.0.1']],
  ['loopback, IPv6', ['::1']],
  ['private', ['10.0.0.5']],
  ['one good address, one bad', ['93.184.216.34', '127.0.0.1']],
  ['one bad address, one good', ['127.0.0.1', '93.184.216.34']],
  ['metadata', ['169.254.169.254']],
  ['metadata, IPv6', ['fd00:ec2::254']],
  ['mapped loopback', ['::ffff:127.0.0.1']],
  ['link-local with a zone', ['fe80::1%lo']],
  ['nothing', []],
  ['no address at all', ['not-an-address']],
];

let listener: Server;
let port = 0;
let connections = 0;

beforeAll(async () => {
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '::', resolve));
  const address = listener.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve));
});

/** Tries to open a socket to a URL, as the client would, whatever the parser said of it. */
async function attempt(url: string, options: { sandbox: boolean; addresses?: readonly string[] }) {
  const { addresses } = options;
  const resolveAll = async (): Promise<LookupAddress[]> =>
    (addresses ?? ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const pool = new Pool(url, { connect: guardedConnector({ sandbox: options.sandbox, timeoutMs: 1000, resolveAll }) });
  const wire = { method: 'GET', path: '/', headers: {}, body: null } as const;
  const outcome = await exchange(pool, wire, { timeoutMs: 2000, signal: new AbortController().signal, maxBytes: 100 });
  await pool.destroy();
  return outcome;
}

describe(`S50: ${typed.length + resolved.length} payloads, no connection`, () => {
  test.each(typed)('%j is refused: %s', async (text, reason) => {
    const parsed = parseVendorUrl(text, { sandbox: false });
    expect(parsed).toEqual({ ok: false, reason });
    // And if the parser were ever passed by: the connector refuses the address on its own.
    if (reason === 'address') {
      const url = new URL(text);
      url.port = String(port);
      const outcome = await attempt(url.origin, { sandbox: false });
      expect([outcome.phase, outcome.failure]).toEqual(['not-connected', 'QUAYSIDE_ADDRESS_REFUSED']);
    }
    expect(connections).toBe(0);
  });

  test.each(resolved)(
    'a public name that resolves to %s is refused when the socket opens',
    async (_name, addresses) => {
      const url = `https://api.rebinding.example:${port}`;
      expect(parseVendorUrl(url, { sandbox: false }).ok).toBe(true);
      const outcome = await attempt(url, { sandbox: false, addresses });
      expect([outcome.phase, outcome.failure]).toEqual(['not-connected', 'QUAYSIDE_ADDRESS_REFUSED']);
      expect(outcome.ending).toEqual({ ended: 'not-sent', reason: 'address' });
      expect(connections).toBe(0);
    },
  );

  test('a name server that changes its answer after the first look gains nothing: each opening is judged anew', async () => {
    let asked = 0;
    const resolveAll = async (): Promise<LookupAddress[]> => {
      asked += 1;
      return [{ address: asked === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }];
    };
    expect(isAllowedAddress((await resolveAll())[0]?.address ?? '', { sandbox: false })).toBe(true);
    const connect = guardedConnector({ sandbox: false, timeoutMs: 1000, resolveAll });
    const error = await new Promise((resolve) => {
      connect({ hostname: 'a.example', protocol: 'https:', port: String(port) }, (...[failure]) => resolve(failure));
    });
    expect(error).toMatchObject({ code: 'QUAYSIDE_ADDRESS_REFUSED' });
    expect([asked, connections]).toEqual([2, 0]);
  });
});

describe('what is let through', () => {
  test.each([
    'https://api.cloudcockpit.com',
    'https://api.cloudcockpit.com/',
    'https://app-cloudcockpitapi-prod-01.azurewebsites.net:8443/base',
    'https://93.184.216.34',
    'https://[2606:2800:220:1:248:1893:25c8:1946]',
    'https://[64:ff9b::5db8:d822]',
    'https://münchen.example',
  ])('%s', (text) => {
    expect(parseVendorUrl(text, { sandbox: false })).toMatchObject({ ok: true });
  });

  test('a token URL may carry a query', () => {
    expect(parseVendorUrl('https://a.example/token?p=x', { sandbox: false, purpose: 'token' }).ok).toBe(true);
  });

  const sandbox: readonly (readonly [string, boolean])[] = [
    ['http://127.0.0.1:4101', true],
    ['http://localhost:4101', true],
    ['http://[::1]:4101', true],
    ['http://10.0.0.5', true],
    ['http://192.168.0.9:8080', true],
    ['http://[fd12:3456::1]', true],
    ['http://[::ffff:127.0.0.1]', true],
    ['https://api.cloudcockpit.com', true],
    ['http://169.254.169.254', false],
    ['http://[fe80::1]', false],
    ['http://[fd00:ec2::254]', false],
    ['http://[::ffff:169.254.169.254]', false],
    ['http://168.63.129.16', false],
    ['http://100.64.0.1', false],
    ['http://0.0.0.0', false],
    ['http://[::]', false],
    ['http://224.0.0.1', false],
  ];
  test.each(sandbox)('in a sandbox, %s: %s', (text, allowed) => {
    expect(parseVendorUrl(text, { sandbox: true }).ok).toBe(allowed);
  });

  test('a sandbox connection reaches a local listener, a real one does not', async () => {
    const before = connections;
    await attempt(`http://127.0.0.1:${port}`, { sandbox: true });
    expect(connections).toBe(before + 1);
    const outcome = await attempt('http://sandbox.example', { sandbox: true, addresses: ['169.254.169.254'] });
    expect(outcome.failure).toBe('QUAYSIDE_ADDRESS_REFUSED');
    expect(connections).toBe(before + 1);
  });
});
