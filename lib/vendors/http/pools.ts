import 'server-only';

import { Pool } from 'undici';
import type { VendorConnection } from '../vendor';
import { guardedConnector, type ResolveAll } from './guard-address';

export interface PoolOptions {
  readonly resolveAll?: ResolveAll;
  /** A certificate authority for tests. */
  readonly ca?: string;
}

/** Connections kept in one process; the one unused for longest goes first. Its sockets close by themselves when idle. */
const maxKept = 500;
const socketsPerOrigin = 32;

interface Entry {
  readonly connectionId: string;
  readonly version: number;
  readonly byOrigin: Map<string, Pool>;
}

/** One pool of sockets per connection and origin, for the life of a connection's version. */
export class VendorPools {
  readonly #entries = new Map<string, Entry>();
  readonly #options: PoolOptions;

  constructor(options: PoolOptions = {}) {
    this.#options = options;
  }

  /** The pool for a URL of this connection. A newer version closes the older ones once their open requests end. */
  get(connection: VendorConnection, origin: string): Pool {
    const { connectionId, version, sandbox, timeoutMs } = connection;
    const key = `${connectionId} ${version} ${sandbox} ${timeoutMs}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      for (const [otherKey, other] of this.#entries) {
        if (other.connectionId === connectionId && other.version < version) this.#drop(otherKey, other);
      }
      entry = { connectionId, version, byOrigin: new Map() };
    } else this.#entries.delete(key);
    this.#entries.set(key, entry); // re-inserted: the map's order is the order of use
    for (const [otherKey, other] of this.#entries) {
      if (this.#entries.size <= maxKept) break;
      this.#drop(otherKey, other);
    }

    let pool = entry.byOrigin.get(origin);
    if (pool === undefined) {
      const { resolveAll, ca } = this.#options;
      const connect = guardedConnector({
        sandbox,
        timeoutMs,
        ...(resolveAll === undefined ? {} : { resolveAll }),
        ...(ca === undefined ? {} : { tls: { ca } }),
      });
      pool = new Pool(origin, { connect, allowH2: false, connections: socketsPerOrigin, pipelining: 1 });
      entry.byOrigin.set(origin, pool);
    }
    return pool;
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key);
    for (const pool of entry.byOrigin.values()) void pool.close();
  }

  /** Closes every pool after its open requests. */
  async close(): Promise<void> {
    const pools = [...this.#entries.values()].flatMap((entry) => [...entry.byOrigin.values()]);
    this.#entries.clear();
    await Promise.all(pools.map((pool) => pool.close()));
  }
}
