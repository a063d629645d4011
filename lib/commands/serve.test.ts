import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { clientAddress, settleHeaders } from './serve';

const proxies = ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'];

describe('the client address', () => {
  test.each([
    {
      name: 'is the socket when nobody forwarded',
      socket: '198.51.100.4',
      forwardedFor: undefined,
      is: '198.51.100.4',
    },
    {
      name: 'is the socket when a stranger claims another',
      socket: '198.51.100.4',
      forwardedFor: '1.1.1.1',
      is: '198.51.100.4',
    },
    { name: 'is what a trusted proxy saw', socket: '10.1.2.3', forwardedFor: '203.0.113.9', is: '203.0.113.9' },
    {
      name: 'is the nearest hop that no proxy is',
      socket: '10.1.2.3',
      forwardedFor: '1.1.1.1, 203.0.113.9, 10.9.9.9',
      is: '203.0.113.9',
    },
    { name: 'takes a single trusted address', socket: '192.0.2.7', forwardedFor: '203.0.113.9', is: '203.0.113.9' },
    { name: 'reads IPv4 in IPv6', socket: '::ffff:10.1.2.3', forwardedFor: '::ffff:203.0.113.9', is: '203.0.113.9' },
    { name: 'reads IPv6', socket: 'fd00::1', forwardedFor: '2001:db8::5', is: '2001:db8::5' },
    { name: 'stops at what is no address', socket: '10.1.2.3', forwardedFor: '203.0.113.9, nonsense', is: '10.1.2.3' },
    { name: 'stops at an empty hop', socket: '10.1.2.3', forwardedFor: '203.0.113.9,', is: '10.1.2.3' },
    {
      name: 'is the furthest proxy when all are',
      socket: '10.1.2.3',
      forwardedFor: '10.7.7.7, 10.8.8.8',
      is: '10.7.7.7',
    },
  ])('$name', ({ socket, forwardedFor, is }) => {
    expect(clientAddress({ socket, forwardedFor, trusted: proxies })).toBe(is);
  });
});

/** A request as the server gets it from a peer. */
function requestFrom({ peer, headers }: { peer: string; headers: Record<string, string> }): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  return request;
}

const claims = {
  'x-forwarded-for': '1.1.1.1',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '443',
  forwarded: 'for=1.1.1.1',
  'x-real-ip': '1.1.1.1',
  'x-quayside-client': '1.1.1.1',
};

describe('headers about the client', () => {
  test('from a direct client are dropped and overwritten', () => {
    const request = requestFrom({ peer: '198.51.100.4', headers: { ...claims, host: 'portal.example' } });
    settleHeaders({ request, trusted: proxies });
    expect(request.headers).toEqual({
      host: 'portal.example',
      'x-forwarded-for': '198.51.100.4',
      'x-quayside-client': '198.51.100.4',
    });
  });

  test('from a trusted proxy are kept, but the client is settled by us', () => {
    const request = requestFrom({ peer: '10.0.0.1', headers: claims });
    settleHeaders({ request, trusted: proxies });
    expect(request.headers).toMatchObject({
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '1.1.1.1',
      'x-quayside-client': '1.1.1.1',
    });
  });

  test('cannot be set by a proxy for our own header', () => {
    const request = requestFrom({ peer: '10.0.0.1', headers: { 'x-quayside-client': '9.9.9.9' } });
    settleHeaders({ request, trusted: proxies });
    expect(request.headers['x-quayside-client']).toBe('10.0.0.1');
  });
});
