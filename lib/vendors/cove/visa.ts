import 'server-only';

import { fingerprint } from '../http/client';
import type { Clock } from '../http/retry';
import { raceSignal } from '../http/token';
import { VendorError } from '../http/vendor-error';
import type { VendorCall } from '../vendor';

/** A visa lives this long from its issue (vendor-apis.md 3.2). */
export const visaLifeMs = 15 * 60_000;
/** A visa is not used in its last minutes: the vendor's clock is not ours, and a request may wait for its turn. */
const earlyMs = 3 * 60_000;
/**
 * A refused sign-in answers every call that was under way when it was refused: longer than any call lives. Vendors lock
 * users, so the calls that find their visa refused one after another must not each try the password once more.
 */
export const refusalKeptMs = 30_000;

/** What a sign-in gave. */
export interface SignedIn {
  readonly visa: string;
  /** The partner that the credentials belong to; null when the vendor did not say. */
  readonly partnerId: number | null;
  /** When it was asked for, epoch milliseconds: the visa is at most that old. */
  readonly askedAtMs: number;
}

/** A visa for one request, with its place in the order of requests. */
export interface Ticket {
  readonly visa: string;
  readonly order: number;
  readonly askedAtMs: number;
}

/**
 * One sign-in and the chain of visas that follows from it: each answer brings the next. Requests run side by side, so
 * answers come in any order; the visa of the latest request counts, and any visa not yet expired is good at the vendor.
 */
export class VisaSession {
  readonly partnerId: number | null;
  readonly #clock: Clock;
  #visa: string;
  #visaOrder = 0;
  #order = 0;
  #issuedAtMs: number;

  constructor(signedIn: SignedIn, clock: Clock) {
    this.partnerId = signedIn.partnerId;
    this.#clock = clock;
    this.#visa = signedIn.visa;
    this.#issuedAtMs = signedIn.askedAtMs;
  }

  /** Is the visa good for a while yet? */
  get fresh(): boolean {
    const age = this.#clock.now() - this.#issuedAtMs;
    return age >= 0 && age < visaLifeMs - earlyMs;
  }

  /** The visa for the next request. */
  take(): Ticket {
    this.#order += 1;
    return { visa: this.#visa, order: this.#order, askedAtMs: this.#clock.now() };
  }

  /** Keeps the visa of an answer, unless a later request has brought one already. */
  absorb(ticket: Ticket, visa: string | null): void {
    if (visa === null || ticket.order <= this.#visaOrder) return;
    this.#visa = visa;
    this.#visaOrder = ticket.order;
    this.#issuedAtMs = ticket.askedAtMs;
  }
}

interface Entry {
  readonly fingerprint: string;
  readonly session: Promise<VisaSession>;
  /** Null while the sign-in is under way. */
  current: VisaSession | null;
  /** Epoch milliseconds until which a refusal is not asked for again; null unless the sign-in was refused. */
  refusedUntilMs: number | null;
}

/** What one session is for: another version, address or credential means another session. */
function printOf({ connection }: VendorCall): string {
  const { version, baseUrl, settings, secrets } = connection;
  return fingerprint(String(version), baseUrl, settings.partner ?? '', settings.username ?? '', secrets.password ?? '');
}

/**
 * Sessions at Cove, one per connection and version. However many calls ask at once, one sign-in leaves; it belongs to no
 * single call, so a caller that gives up does not take it from the others. A failed sign-in is nobody's to repeat.
 */
export class VisaSessions {
  readonly #clock: Clock;
  readonly #vendor: string;
  readonly #signIn: (call: VendorCall) => Promise<SignedIn>;
  readonly #entries = new Map<string, Entry>();

  constructor(options: {
    readonly clock: Clock;
    readonly vendor: string;
    readonly signIn: (call: VendorCall) => Promise<SignedIn>;
  }) {
    this.#clock = options.clock;
    this.#vendor = options.vendor;
    this.#signIn = options.signIn;
  }

  /**
   * The session kept, or a new one. The sign-in's exchange is recorded with the call that started it.
   * @throws VendorError; a refused sign-in is `forbidden`
   */
  async get(call: VendorCall): Promise<VisaSession> {
    const { connectionId } = call.connection;
    const print = printOf(call);
    const kept = this.#entries.get(connectionId);
    if (kept !== undefined && kept.fingerprint === print && this.#isGood(kept)) {
      try {
        return await raceSignal(kept.session, call.signal, { vendor: this.#vendor });
      } catch (error) {
        // The caller that started the sign-in fell away before it left (its turn never came): this one takes over.
        if (error instanceof VendorError || call.signal.aborted) throw error;
        if (this.#entries.get(connectionId) !== kept) return this.get(call);
      }
    }
    return raceSignal(this.#open(call, print).session, call.signal, { vendor: this.#vendor });
  }

  #isGood({ current, refusedUntilMs }: Entry): boolean {
    if (refusedUntilMs !== null) return this.#clock.now() < refusedUntilMs;
    return current?.fresh !== false;
  }

  #open(call: VendorCall, print: string): Entry {
    const { connectionId } = call.connection;
    const session = this.#signIn(call).then((signedIn) => new VisaSession(signedIn, this.#clock));
    const entry: Entry = { fingerprint: print, session, current: null, refusedUntilMs: null };
    this.#entries.set(connectionId, entry);
    session.then(
      (opened) => {
        entry.current = opened;
      },
      (error: unknown) => {
        const refused = error instanceof VendorError && error.problem.kind === 'forbidden';
        if (refused) entry.refusedUntilMs = this.#clock.now() + refusalKeptMs;
        else if (this.#entries.get(connectionId) === entry) this.#entries.delete(connectionId);
      },
    );
    return entry;
  }

  /**
   * Gives up a session whose visa was refused, unless another took its place meanwhile: of any number of calls that are
   * refused together, the first gives it up and the others find the new sign-in under way.
   */
  drop(connectionId: string, session: VisaSession): void {
    if (this.#entries.get(connectionId)?.current === session) this.#entries.delete(connectionId);
  }

  /** Forgets a connection's session, so that the next call signs in anew (used by the connection test). */
  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }
}
