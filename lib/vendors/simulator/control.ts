import type { SimulatorClock } from './clock';
import type { Fault, Faults } from './faults';
import { type ApiAnswer, type ApiRequest, isBody } from './request';
import type { SimulatedVendor } from './vendor';

/** One request as the simulated vendor received it, whole. Never a token or a secret. */
export interface ReceivedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly correlationId: string | null;
  readonly bodyBytes: number;
  /** Did it change anything? */
  applied: boolean;
  /** The ending that was forced on it, or null. */
  ending: string | null;
  /** The status that was sent, or null when none was. */
  status: number | null;
  /** Number of the socket since the start, and of the request on it: tells fresh from reused. */
  readonly socket: number;
  readonly onSocket: number;
  /** What the vendor notes besides. */
  readonly [fact: string]: string | number | boolean | null;
}

/** A simulator's handle inside the same process; `/__control` offers the same over HTTP. */
export interface SimulatorControl<Own extends string = never> {
  setFault(...faults: readonly Fault<Own>[]): void;
  clearFaults(): void;
  log(): readonly ReceivedRequest[];
  clearLog(): void;
  /** Back to the initial data: state, tokens, faults, log and clock. */
  reset(): void;
  /** Sets the simulator's clock (epoch milliseconds); null is real time. */
  setClock(epochMs: number | null): void;
  advanceClock(ms: number): void;
  revokeTokens(): void;
}

interface Controlled<Own extends string> {
  readonly control: SimulatorControl<Own>;
  readonly vendor: SimulatedVendor<Own>;
  readonly faults: Faults<Own>;
}

/**
 * `/__control`, which no vendor has: GET `state`, GET `log`, POST `faults` (one or a list, added to those in force),
 * POST `clear-faults`, POST `reset`, POST `clock` (`{ "advanceMs": n }` or `{ "now": "<instant>" | null }`),
 * POST `revoke-tokens`, and what the vendor has of its own.
 */
export function answerControl<Own extends string>(request: ApiRequest, controlled: Controlled<Own>): ApiAnswer {
  const { control, vendor, faults } = controlled;
  const action = `${request.method} ${request.path.slice('/__control/'.length)}`;
  const done: ApiAnswer = { status: 200, json: { done: true } };
  switch (action) {
    case 'GET state':
      return { status: 200, json: vendor.state() };
    case 'GET log':
      return { status: 200, json: control.log() };
    case 'POST faults': {
      const given = [parse(request.body)].flat().map((one) => faults.parse(one));
      const known = given.filter((fault) => fault !== null);
      if (known.length < given.length) {
        return { status: 400, json: { error: 'unknown fault', endings: faults.endings } };
      }
      control.setFault(...known);
      return done;
    }
    case 'POST clear-faults':
      control.clearFaults();
      return done;
    case 'POST reset':
      control.reset();
      return done;
    case 'POST revoke-tokens':
      control.revokeTokens();
      return done;
    case 'POST clock':
      return setClock(parse(request.body), vendor.clock) ? done : { status: 400, json: { error: 'advanceMs or now' } };
    default:
      return vendor.control?.(action, parse(request.body)) ?? { status: 404, json: { error: 'unknown control' } };
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function setClock(body: unknown, clock: SimulatorClock): boolean {
  if (!isBody(body)) return false;
  if (typeof body.advanceMs === 'number') {
    clock.advance(body.advanceMs);
    return true;
  }
  if (body.now !== null && typeof body.now !== 'string') return false;
  const instant = body.now === null ? null : Date.parse(body.now);
  if (instant !== null && Number.isNaN(instant)) return false;
  clock.set(instant);
  return true;
}
