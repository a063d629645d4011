import 'server-only';
import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '../db/client';

/** Wrong passwords before the first wait, for one account from one address, and for one account from everywhere. */
const freeTries = { pair: 4, account: 19 };
const addressTries = { points: 30, seconds: 600 };
const daySeconds = 24 * 60 * 60;

/** Who tries to prove a password, from where. */
export interface Try {
  /** `accountKey` of the e-mail address typed. */
  readonly account: string;
  readonly address: string;
  /** Has this account signed in from this address before? Then only its own tries from there count against it. */
  readonly knownAddress: boolean;
}

export type Admission =
  | { readonly admitted: true }
  | {
      readonly admitted: false;
      readonly waitSeconds: number;
      /** The first try that was turned away in this wait: the one worth recording. */
      readonly first: boolean;
    };

interface Limiters {
  readonly pair: RateLimiterPostgres;
  readonly pairGate: RateLimiterPostgres;
  readonly account: RateLimiterPostgres;
  readonly accountGate: RateLimiterPostgres;
  readonly address: RateLimiterPostgres;
}

const limitersOf = new WeakMap<pg.Pool, Limiters>();

/** Counters are rows, so that every process counts the same. */
function limiters(): Limiters {
  const { pool } = database('quayside_system');
  const known = limitersOf.get(pool);
  if (known !== undefined) return known;
  const limiter = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'throttle',
      tableCreated: true,
      // One of them is enough to clear what has expired.
      clearExpiredByTimeout: keyPrefix === 'address',
      keyPrefix,
      points,
      duration,
    });
  const made: Limiters = {
    pair: limiter('pair', freeTries.pair, daySeconds),
    pairGate: limiter('pair-gate', 1, 1),
    account: limiter('account', freeTries.account, daySeconds),
    accountGate: limiter('account-gate', 1, 1),
    address: limiter('address', addressTries.points, addressTries.seconds),
  };
  limitersOf.set(pool, made);
  return made;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An account by its e-mail address, without the address: for throttle keys and audit entries. */
export function accountKey(email: string): string {
  return digest(email.trim().toLowerCase());
}

/** What counts as one address: an IPv4 address, or the /64 that one line of IPv6 gets. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 60);
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${parsed.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`;
}

function keysOf({ account, address }: Try): {
  readonly pair: string;
  readonly account: string;
  readonly address: string;
} {
  return { pair: digest(`${account} ${network(address)}`), account, address: network(address) };
}

/** Wait after the nth wrong password past the free ones: 5, 10, 20 … seconds, at most 15 minutes. */
function waitAfter(excess: number): number {
  return Math.min(5 * 2 ** (excess - 1), 900);
}

/** The rejection of a limiter as milliseconds and count; any other failure goes on. */
function rejection(failure: unknown): RateLimiterRes {
  if (failure instanceof RateLimiterRes) return failure;
  throw failure;
}

/** Counts a try; past the free ones only one passes per wait, and the wait grows with each. */
async function passGate(
  counter: RateLimiterPostgres,
  gate: RateLimiterPostgres,
  key: string,
): Promise<RateLimiterRes | null> {
  const { consumedPoints } = await counter.penalty(key);
  const excess = consumedPoints - counter.points;
  if (excess <= 0) return null;
  try {
    await gate.consume(key, 1, { customDuration: waitAfter(excess) });
    return null;
  } catch (failure) {
    const turnedAway = rejection(failure);
    // Only tries that were looked at make the wait longer: an impatient owner must not lock themselves out.
    await counter.reward(key);
    return turnedAway;
  }
}

function turnAway(by: RateLimiterRes, freePoints: number): Admission {
  return {
    admitted: false,
    waitSeconds: Math.max(1, Math.ceil(by.msBeforeNext / 1000)),
    first: by.consumedPoints === freePoints + 1,
  };
}

/**
 * May this password be looked at now? Counts the try before it is judged, so that a hundred at once are a hundred tries.
 * Nobody is ever locked out: the wait per account and address grows to 15 minutes, an account attacked from elsewhere
 * still lets its owner in from an address that worked before, and an address that tries many accounts waits ten minutes.
 */
export async function admitTry(who: Try): Promise<Admission> {
  const { pair, pairGate, account, accountGate, address } = limiters();
  const keys = keysOf(who);
  if (!who.knownAddress) {
    const tooMany = await address.consume(keys.address).then(() => null, rejection);
    if (tooMany !== null) return turnAway(tooMany, addressTries.points);
  }
  const slowed = await passGate(pair, pairGate, keys.pair);
  if (slowed !== null) {
    if (!who.knownAddress) await address.reward(keys.address);
    return turnAway(slowed, 1);
  }
  if (who.knownAddress) return { admitted: true };
  const attacked = await passGate(account, accountGate, keys.account);
  if (attacked === null) return { admitted: true };
  await Promise.all([pair.reward(keys.pair), address.reward(keys.address)]);
  return turnAway(attacked, 1);
}

/** The password was right: this account from this address starts afresh, and the try counts against nobody. */
export async function forgiveTry(who: Try): Promise<void> {
  const { pair, pairGate, account, address } = limiters();
  const keys = keysOf(who);
  await Promise.all([
    pair.delete(keys.pair),
    pairGate.delete(keys.pair),
    ...(who.knownAddress ? [] : [account.reward(keys.account), address.reward(keys.address)]),
  ]);
}
