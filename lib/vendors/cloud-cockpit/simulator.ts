import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { sendAnswer, sendFault } from './simulator/answer';
import { answerControl, type SimulatorControl } from './simulator/control';
import { applies, type Fault, Faults } from './simulator/faults';
import type { ReceivedRequest } from './simulator/log';
import {
  type ApiAnswer,
  type ApiRequest,
  answerRead,
  authenticate,
  isCreate,
  parseBody,
  prepareCreate,
} from './simulator/routes';
import { demoData, type SimulatedCustomer, type SimulatorData, SimulatorState } from './simulator/state';
import { answerToken, isTokenRequest, tokenPath } from './simulator/token';
import { readText } from './simulator/validate';

export interface SimulatorOptions extends Partial<SimulatorData> {
  /** 0 or absent: any free port. Always on 127.0.0.1. */
  readonly port?: number;
}

export interface CloudCockpitSimulator {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly tokenUrl: string;
  readonly port: number;
  readonly control: SimulatorControl;
  stop(): Promise<void>;
}

/**
 * Cloud Cockpit in miniature on a real socket, written from the vendor's documentation (vendor-apis.md section 2): strict
 * where the vendor is, with state, a log, a clock, and nasty endings on demand (`simulator/faults.ts`).
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startCloudCockpitSimulator(options: SimulatorOptions = {}): Promise<CloudCockpitSimulator> {
  const { port: wantedPort = 0, ...data } = options;
  const simulator = new Simulator({ ...demoData, ...data });
  const server = createServer((request, response) => simulator.receive(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wantedPort;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    tokenUrl: url + tokenPath,
    port,
    control: simulator,
    async stop() {
      simulator.stopTimers();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

class Simulator implements SimulatorControl {
  readonly #state: SimulatorState;
  readonly #faults = new Faults();
  #log: ReceivedRequest[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #sockets = new WeakMap<Socket, { readonly number: number; requests: number }>();
  #socketCount = 0;

  constructor(data: SimulatorData) {
    this.#state = new SimulatorState(data);
  }

  setFault(...faults: readonly Fault[]): void {
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
  customers(): readonly SimulatedCustomer[] {
    return this.#state.customers;
  }
  reset(): void {
    this.#state.reset();
    this.#faults.clear();
    this.#log = [];
  }
  setClock(epochMs: number | null): void {
    this.#state.setNow(epochMs);
  }
  advanceClock(ms: number): void {
    this.#state.advance(ms);
  }
  revokeTokens(): void {
    this.#state.revokeTokens();
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
      if (url.pathname.startsWith('/__control/')) {
        sendAnswer(wire, answerControl(received, this, this.#state.data));
        return;
      }
      const entry = this.#note(request, received);
      const { answer, fault } = this.#decide(received, entry);
      entry.ending = fault?.ending ?? null;
      entry.status = answer.status;
      if (fault === null) sendAnswer(wire, answer);
      else entry.status = sendFault(wire, fault, answer, { isToken: isTokenRequest(received) });
    });
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #note(request: IncomingMessage, received: ApiRequest): ReceivedRequest {
    let seen = this.#sockets.get(request.socket);
    if (seen === undefined) {
      this.#socketCount += 1;
      seen = { number: this.#socketCount, requests: 0 };
      this.#sockets.set(request.socket, seen);
    }
    seen.requests += 1;
    const body = received.method === 'POST' ? parseBody(received.body) : null;
    const header = (name: string) => {
      const value = received.headers[name];
      return typeof value === 'string' ? value : null;
    };
    const entry: ReceivedRequest = {
      at: new Date(this.#state.nowMs()).toISOString(),
      method: received.method,
      path: received.path,
      query: received.query.toString(),
      correlationId: header('x-correlation-id'),
      tenant: header('x-tenant'),
      internalIdentifier: body === null ? null : readText(body, 'internalIdentifier'),
      companyName: body === null ? null : readText(body, 'companyName'),
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

  #decide(request: ApiRequest, entry: ReceivedRequest): { readonly answer: ApiAnswer; readonly fault: Fault | null } {
    const set = this.#faults.strike(request);
    if (set?.ending === 'expire-token') this.#state.revokeTokens();
    if (isTokenRequest(request)) {
      const harmed = set !== null && !applies.has(set.ending);
      return { answer: harmed ? { status: 200, json: null } : answerToken(request, this.#state), fault: set };
    }
    const client = authenticate(request, this.#state);
    if ('status' in client) return { answer: client, fault: set };
    if (isCreate(request)) return this.#create(request, client, entry, set);
    const answer = answerRead(request, client, this.#state);
    return { answer: answer ?? { status: 404 }, fault: set };
  }

  #create(
    request: ApiRequest,
    client: Parameters<typeof prepareCreate>[1],
    entry: ReceivedRequest,
    set: Fault | null,
  ): { readonly answer: ApiAnswer; readonly fault: Fault | null } {
    const fault = set ?? this.#faults.byName(entry.companyName ?? '', entry.internalIdentifier ?? '');
    if (set === null && fault?.ending === 'expire-token') this.#state.revokeTokens();
    const created = prepareCreate(request, client, this.#state);
    // A request that the vendor would refuse is refused, unless the fault keeps it from getting that far.
    if (!created.ok)
      return { answer: created.answer, fault: fault !== null && applies.has(fault.ending) ? null : fault };
    if (fault === null || applies.has(fault.ending)) {
      const lagMs = fault?.lagMs ?? (fault?.ending === 'lag' ? (fault.delayMs ?? 1000) : 0);
      const visibleFromMs = lagMs === 0 ? 0 : this.#state.nowMs() + lagMs;
      this.#state.customers.push({ ...created.customer, visibleFromMs });
      entry.applied = true;
    }
    return { answer: { status: 201, json: created.customer.id }, fault };
  }
}
