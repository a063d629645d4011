import { endings, type Fault } from './faults';
import type { ReceivedRequest } from './log';
import type { ApiAnswer, ApiRequest } from './routes';
import type { SimulatedCustomer, SimulatorData } from './state';
import { type Body, isBody } from './validate';

/** The simulator's handle inside the same process; `/__control` offers the same over HTTP. */
export interface SimulatorControl {
  setFault(...faults: readonly Fault[]): void;
  clearFaults(): void;
  log(): readonly ReceivedRequest[];
  clearLog(): void;
  customers(): readonly SimulatedCustomer[];
  /** Back to the initial data: customers, tokens, faults, log and clock. */
  reset(): void;
  /** Sets the simulator's clock (epoch milliseconds); null is real time. */
  setClock(epochMs: number | null): void;
  advanceClock(ms: number): void;
  revokeTokens(): void;
}

/**
 * `/__control`, which no vendor has: GET `state`, GET `log`, POST `faults` (one or a list, added to those in force),
 * POST `clear-faults`, POST `reset`, POST `clock` (`{ "advanceMs": n }` or `{ "now": "<instant>" | null }`),
 * POST `revoke-tokens`.
 */
export function answerControl(request: ApiRequest, control: SimulatorControl, data: SimulatorData): ApiAnswer {
  const action = `${request.method} ${request.path.slice('/__control/'.length)}`;
  const done: ApiAnswer = { status: 200, json: { done: true } };
  switch (action) {
    case 'GET state':
      return {
        status: 200,
        json: {
          customers: control.customers(),
          resellers: data.resellers,
          instances: data.instances,
          tenantDomain: data.tenantDomain,
          tokenLifeSeconds: data.tokenLifeSeconds,
        },
      };
    case 'GET log':
      return { status: 200, json: control.log() };
    case 'POST faults': {
      const value = parse(request.body);
      const faults = [value].flat().map(toFault);
      const known = faults.filter((fault) => fault !== null);
      if (known.length < faults.length) return { status: 400, json: { error: 'unknown fault', endings } };
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
      return setClock(parse(request.body), control) ? done : { status: 400, json: { error: 'advanceMs or now' } };
    default:
      return { status: 404, json: { error: 'unknown control' } };
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function setClock(body: unknown, control: SimulatorControl): boolean {
  if (!isBody(body)) return false;
  if (typeof body.advanceMs === 'number') {
    control.advanceClock(body.advanceMs);
    return true;
  }
  if (body.now !== null && typeof body.now !== 'string') return false;
  const instant = body.now === null ? null : Date.parse(body.now);
  if (instant !== null && Number.isNaN(instant)) return false;
  control.setClock(instant);
  return true;
}

function toFault(value: unknown): Fault | null {
  if (!isBody(value)) return null;
  const ending = endings.find((one) => one === value.ending);
  if (ending === undefined) return null;
  const text = (body: Body, key: string) => (typeof body[key] === 'string' ? { [key]: body[key] } : {});
  const number = (key: string) => (typeof value[key] === 'number' ? { [key]: value[key] } : {});
  const { header } = value;
  return {
    ending,
    ...text(value, 'method'),
    ...text(value, 'path'),
    ...text(value, 'retryAfter'),
    ...text(value, 'description'),
    ...number('after'),
    ...number('delayMs'),
    ...number('lagMs'),
    ...number('bytes'),
    ...(value.times === null ? { times: null } : number('times')),
    ...(isBody(header) && typeof header.name === 'string' && typeof header.contains === 'string'
      ? { header: { name: header.name, contains: header.contains } }
      : {}),
    ...(Array.isArray(value.errors) ? { errors: value.errors.map(toComplaint) } : {}),
  };
}

function toComplaint(value: unknown) {
  const body = isBody(value) ? value : {};
  return {
    propertyName: typeof body.propertyName === 'string' ? body.propertyName : null,
    description: Array.isArray(body.description)
      ? body.description.filter((one): one is string => typeof one === 'string')
      : null,
  };
}
