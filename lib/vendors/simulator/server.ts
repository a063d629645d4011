import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { sendAnswer, sendFault } from './answer';
import { answerControl, type ReceivedRequest, type SimulatorControl } from './control';
import { type Fault, Faults } from './faults';
import { type ApiAnswer, type ApiRequest, header } from './request';
import type { SimulatedVendor } from './vendor';

/** A simulated vendor on a real socket. */
export interface Simulator<Own extends string = never> {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly control: SimulatorControl<Own>;
  stop(): Promise<void>;
}

/**
 * Puts a vendor in miniature on a socket of 127.0.0.1, with a log, a clock and nasty endings on demand (`faults.ts`).
 * @param port 0: any free port
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startSimulator<Own extends string>(
  vendor: SimulatedVendor<Own>,
  { port: wantedPort }: { readonly port: number },
): Promise<Simulator<Own>> {
  const desk = new Desk(vendor);
  const server = createServer((request, response) => desk.receive(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wantedPort;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    control: desk,
    async stop() {
      desk.stopTimers();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Decided<Own extends string> {
  readonly answer: ApiAnswer;
  readonly fault: Fault<Own> | null;
  readonly applied: boolean;
}

/** Receives, logs, decides, answers. */
class Desk<Own extends string> implements SimulatorControl<Own> {
  readonly #vendor: SimulatedVendor<Own>;
  readonly #faults: Faults<Own>;
  #log: ReceivedRequest[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #sockets = new WeakMap<Socket, { readonly number: number; requests: number }>();
  #socketCount = 0;

  constructor(vendor: SimulatedVendor<Own>) {
    this.#vendor = vendor;
    this.#faults = new Faults(vendor.own, (request) => vendor.isToken(request));
  }

  setFault(...faults: readonly Fault<Own>[]): void {
    this.#faults.set(...faults);
  }
  clearFaults(): void {
    this.#faults.clear();
  }
  log(): readonly ReceivedRequest[] {
    return this.#log;
  }
  clearLog(): void {
    this.#log = [];
  }
  reset(): void {
    this.#vendor.reset();
    this.#vendor.clock.set(null);
    this.#faults.clear();
    this.#log = [];
  }
  setClock(epochMs: number | null): void {
    this.#vendor.clock.set(epochMs);
  }
  advanceClock(ms: number): void {
    this.#vendor.clock.advance(ms);
  }
  revokeTokens(): void {
    this.#vendor.revokeTokens();
  }
  stopTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Reads the request whole, then answers it. */
  receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://simulator');
      const body = Buffer.concat(chunks);
      const { method = 'GET', headers } = request;
      const received: ApiRequest = { method, path: url.pathname, query: url.searchParams, headers, body };
      const wire = { request, response, later: (ms: number, run: () => void) => this.#later(ms, run) };
      const [vendor, faults] = [this.#vendor, this.#faults];
      if (url.pathname.startsWith('/__control/')) {
        sendAnswer(wire, answerControl(received, { control: this, vendor, faults }));
        return;
      }
      const entry = this.#note(request.socket, received);
      const { answer, fault, applied } = this.#decide(received);
      entry.applied = applied;
      entry.ending = fault?.ending ?? null;
      entry.status = answer.status;
      if (fault === null) sendAnswer(wire, answer);
      else entry.status = sendFault(wire, fault, { vendor, good: answer, isToken: vendor.isToken(received) });
    });
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #note(socket: Socket, received: ApiRequest): ReceivedRequest {
    let seen = this.#sockets.get(socket);
    if (seen === undefined) {
      this.#socketCount += 1;
      seen = { number: this.#socketCount, requests: 0 };
      this.#sockets.set(socket, seen);
    }
    seen.requests += 1;
    const entry: ReceivedRequest = {
      ...this.#vendor.note(received),
      at: new Date(this.#vendor.clock.nowMs()).toISOString(),
      method: received.method,
      path: received.path,
      query: received.query.toString(),
      correlationId: header(received, 'x-correlation-id'),
      bodyBytes: received.body.length,
      applied: false,
      ending: null,
      status: null,
      socket: seen.number,
      onSocket: seen.requests,
    };
    this.#log.push(entry);
    return entry;
  }

  /** Carries the request out, unless a fault keeps it from getting that far. */
  #decide(request: ApiRequest): Decided<Own> {
    const vendor = this.#vendor;
    const set = this.#faults.strike(request);
    if (set?.ending === 'expire-token') vendor.revokeTokens();
    if (vendor.isToken(request)) {
      // A sign-in that a fault keeps from being answered issues no token.
      const harmed = set !== null && !this.#faults.applies(set);
      const answer = harmed ? { status: 200, json: null } : vendor.handle(request).answer;
      return { answer, fault: set, applied: false };
    }
    const effect = vendor.effectOf(request);
    const fault = set ?? (effect === null ? null : this.#faults.byName(effect));
    if (set === null && fault?.ending === 'expire-token') vendor.revokeTokens();
    const { answer, apply } = vendor.handle(request);
    const lets = fault === null || this.#faults.applies(fault);
    // What the vendor refuses is refused, unless the fault keeps the request from getting that far.
    if (apply === null) return { answer, fault: effect !== null && lets ? null : fault, applied: false };
    if (!lets) return { answer, fault, applied: false };
    const lagMs = fault?.lagMs ?? (fault?.ending === 'lag' ? (fault.delayMs ?? 1000) : 0);
    apply(lagMs === 0 ? 0 : vendor.clock.nowMs() + lagMs);
    return { answer, fault, applied: true };
  }
}
