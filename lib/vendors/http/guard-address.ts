import 'server-only';

import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { isIP, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** Why a vendor's URL is refused before anything is looked up. Each has a sentence below `vendor-errors.url`. */
export const urlRefusals = [
  'empty',
  'whitespace',
  'not-a-url',
  'scheme',
  'not-https',
  'user-info',
  'backslash',
  'fragment',
  'query',
  'address',
] as const;
export type UrlRefusal = (typeof urlRefusals)[number];

export type ParsedVendorUrl =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: UrlRefusal };

/** Addresses of cloud metadata and host agents that no range gives away (Azure's wire server is a public address). */
const metadataAddresses = new Set(['168.63.129.16', '192.0.0.192', '100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254']);

/** Ranges a sandbox may use besides public ones. Link-local, metadata, CGNAT, multicast stay refused. */
const sandboxRanges: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal']);

/** `::a.b.c.d` (deprecated) and `::ffff:0:a.b.c.d` carry an IPv4 address that some systems still route. */
function embeddedIpv4(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const at = (start: number) => new ipaddr.IPv4(bytes.slice(start, start + 4));
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  switch (address.range()) {
    case 'rfc6145':
      return at(12);
    case 'rfc6052':
      // 64:ff9b:1::/48 is for local translation only and hides where the IPv4 address sits.
      return bytes[5] === 0 ? at(12) : new ipaddr.IPv4([0, 0, 0, 0]);
    case '6to4':
      return at(2);
    default:
      return bytes.slice(0, 12).every((byte) => byte === 0) ? at(12) : null;
  }
}

/**
 * May a socket be opened to this address? Only public unicast addresses, and for a sandbox loopback and private ones.
 * @param address an IP address as text, without brackets; anything else is refused
 */
export function isAllowedAddress(address: string, { sandbox }: { readonly sandbox: boolean }): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address.replace(/%.*$/, ''));
  return isAllowedParsed(parsed, sandbox);
}

function isAllowedParsed(address: ipaddr.IPv4 | ipaddr.IPv6, sandbox: boolean): boolean {
  if (metadataAddresses.has(address.toString())) return false;
  const range = address.range();
  if (range === 'unicast' || (sandbox && sandboxRanges.has(range))) {
    // `::7f00:1` counts as unicast, yet is 127.0.0.1 to a system that honours the deprecated form.
    if (address instanceof ipaddr.IPv6 && range === 'unicast') {
      const inner = embeddedIpv4(address);
      return inner === null || isAllowedParsed(inner, sandbox);
    }
    return true;
  }
  if (address instanceof ipaddr.IPv6 && (range === 'ipv4Mapped' || range === 'rfc6052' || range === '6to4')) {
    const inner = embeddedIpv4(address);
    return inner !== null && isAllowedParsed(inner, sandbox);
  }
  return false;
}

// Whitespace of every kind and control characters: the URL parser would drop some of them silently.
const blankOrControl = /[\s\p{Cc}\p{Cf}]/u;

/**
 * Reads the base or token URL of a connection. A host that is an IP address is judged here, as the URL standard
 * normalises it (`0x7f.1`, `017700000001` and `127.1` are 127.0.0.1); a name is judged when the socket opens.
 * @param text as typed
 * @param options.sandbox the connection is marked sandbox **and** the installation allows sandboxes: http, loopback and
 *   private addresses are allowed
 * @param options.purpose a token URL may carry a query (Azure AD B2C's `?p=`), a base URL may not
 * @returns the URL, or the reason why not
 */
export function parseVendorUrl(
  text: string,
  { sandbox, purpose = 'base' }: { readonly sandbox: boolean; readonly purpose?: 'base' | 'token' },
): ParsedVendorUrl {
  if (text === '') return { ok: false, reason: 'empty' };
  if (blankOrControl.test(text)) return { ok: false, reason: 'whitespace' };
  if (text.includes('\\')) return { ok: false, reason: 'backslash' };
  // The parser takes `https:host` and `https:///host` for `https://host`; a person who types that should look again.
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(text) || !URL.canParse(text)) return { ok: false, reason: 'not-a-url' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, reason: 'scheme' };
  if (url.protocol === 'http:' && !sandbox) return { ok: false, reason: 'not-https' };
  if (url.username !== '' || url.password !== '' || /^[^/]*:\/\/[^/?#]*@/.test(text)) {
    return { ok: false, reason: 'user-info' };
  }
  if (text.includes('#')) return { ok: false, reason: 'fragment' };
  if (text.includes('?') && purpose === 'base') return { ok: false, reason: 'query' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowedAddress(host, { sandbox })) return { ok: false, reason: 'address' };
  // RFC 6761: these names are loopback wherever they are resolved.
  if (!sandbox && /(^|\.)localhost\.?$/.test(host)) return { ok: false, reason: 'address' };
  return { ok: true, url };
}

/** The address behind the name may not be called. Nothing was connected. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'QUAYSIDE_ADDRESS_REFUSED';

  constructor() {
    super('The address is private, link-local or otherwise not allowed for this connection');
  }
}

/** The connection came up (TCP), but TLS did not: not one byte of the request was written. */
export class TlsFailed extends Error {
  override readonly name = 'TlsFailed';
  readonly code: string;

  constructor(cause: Error) {
    super('TLS could not be established', { cause });
    this.code = errorCode(cause) ?? 'TLS_FAILED';
  }
}

/** The `code` of a system or library error, or null. */
export function errorCode(error: unknown): string | null {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return null;
}

/** Resolves a name to all its addresses. Tests inject one to play a rebinding name server. */
export type ResolveAll = (hostname: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: ResolveAll = (hostname) =>
  new Promise((resolve, reject) => {
    dnsLookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * A connector for undici that judges every address a name resolves to, in the same step that opens the socket: what was
 * judged is what is connected to, so a name server that changes its mind in between gains nothing. One address off the
 * list refuses the name as a whole.
 */
export function guardedConnector({
  sandbox,
  timeoutMs,
  resolveAll = resolveBySystem,
  tls = {},
}: {
  readonly sandbox: boolean;
  readonly timeoutMs: number;
  readonly resolveAll?: ResolveAll;
  /** Trust for tests; certificates are always verified. */
  readonly tls?: { readonly ca?: string };
}): buildConnector.connector {
  const lookup = (hostname: string, options: { all?: boolean | undefined }, callback: LookupCallback) => {
    resolveAll(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isAllowedAddress(address, { sandbox }))) {
          callback(new AddressRefused(), []);
        } else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
  // HTTP/2 off: it repeats and multiplexes requests in ways that make "was it sent?" a guess.
  const open = buildConnector({ ...tls, allowH2: false, rejectUnauthorized: true, timeout: timeoutMs, lookup });

  return (options, callback) => {
    if (isIP(options.hostname) !== 0 && !isAllowedAddress(options.hostname, { sandbox })) {
      queueMicrotask(() => callback(new AddressRefused(), null));
      return;
    }
    let tcpConnected = false;
    const returned: unknown = open(options, (...outcome) => {
      const [error, socket] = outcome;
      if (error !== null) {
        callback(options.protocol === 'https:' && tcpConnected ? new TlsFailed(error) : error, null);
      } else if (socket.remoteAddress === undefined || !isAllowedAddress(socket.remoteAddress, { sandbox })) {
        socket.on('error', () => undefined).destroy();
        callback(new AddressRefused(), null);
      } else callback(null, socket);
    });
    if (isSocket(returned)) returned.once('connect', () => (tcpConnected = true));
  };
}

// undici's connector returns the socket it opens; its types keep silent about that.
function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'once' in value && typeof value.once === 'function';
}
