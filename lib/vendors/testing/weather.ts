import { describe, expect, test } from 'vitest';
import type { ReceivedRequest } from '../simulator/control';
import { commonEndings } from '../simulator/faults';
import type { VendorAdapter, VendorConnection, VendorOutcome } from '../vendor';
import { type TestCall, testCall } from './vendor-call';

interface AnyFault {
  readonly ending: string;
  readonly path?: string;
  readonly method?: string;
  readonly code?: number;
  readonly times?: number | null;
  readonly errors?: unknown;
}

/** What a create must come to: outcome, customers at the vendor, creates that the vendor received. */
export type WeatherRow<Fault> = readonly [
  Fault | readonly Fault[],
  outcome: string,
  customers: 0 | 1,
  requests: number,
];

/** The simulator, and our side of it. */
interface SetUp<Fault> {
  readonly simulator: {
    readonly control: { clearLog(): void; setFault(...faults: readonly Fault[]): void; revokeTokens(): void };
  };
  readonly adapter: VendorAdapter;
  connect(rest: Partial<VendorConnection>): VendorConnection;
}

interface Weather<Fault extends AnyFault> {
  readonly vendor: string;
  readonly table: readonly WeatherRow<Fault>[];
  /** Known once the first test runs. */
  setUp(): SetUp<Fault>;
  /** An id that a read asks for, to warm socket and token. */
  readonly warmId: string;
  readonly call?: (connection: VendorConnection) => TestCall;
  create(call: TestCall): Promise<VendorOutcome>;
  readonly said?: (outcome: VendorOutcome) => string;
  /** Creates in the simulator's log. */
  creates(): readonly ReceivedRequest[];
  /** Ids of the customers that the simulator has beyond those it began with. */
  made(): readonly string[];
  /** Never in a record or an outcome. */
  readonly secrets: readonly (string | RegExp)[];
}

/** An outcome in a few words. */
export const saidOf = (outcome: VendorOutcome) =>
  outcome.state === 'succeeded' ? 'succeeded' : `${outcome.state} ${outcome.problem.kind}/${outcome.problem.effect}`;

/** The faults of a row as a test is named. */
export function nameOfFaults(faults: readonly AnyFault[]): string {
  const part = ({ path, method }: AnyFault) => (path === 'token' ? 'sign-in ' : method === 'GET' ? 'list ' : '');
  const detail = ({ code, errors, times }: AnyFault) =>
    `${code === undefined ? '' : ` ${code}`}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}${times === null ? ' for ever' : ''}`;
  return faults.map((one) => `${part(one)}${one.ending}${detail(one)}`).join(', then ');
}

/**
 * A create in every weather, on a fresh and on a reused socket: the outcome, what the vendor has afterwards, and how often it
 * was asked are the row's; every create in the vendor's log is in our record and the other way round (R3, R7); the record says
 * what is there, or that it cannot tell; and no secret is in it.
 */
export function describeWeather<Fault extends AnyFault>(weather: Weather<Fault>): void {
  const { vendor, table, said = saidOf, call: callOf = testCall } = weather;
  describe(`bad weather at ${vendor} (${table.length * 2} cells)`, () => {
    test('every common ending has its row', () => {
      const tried = new Set<string>(table.flatMap(([fault]) => listed(fault)).map((one) => one.ending));
      expect(commonEndings.filter((ending) => !tried.has(ending))).toEqual([]);
    });
    for (const [fault, expected, customers, requests] of table) {
      const faults = listed(fault);
      const ofSignIn = faults[0]?.path === 'token';
      for (const socket of ['fresh', 'reused'] as const) {
        const name = `${nameOfFaults(faults)}, ${socket} socket`;
        test(`${name}: ${expected}, ${customers} at the vendor, ${requests} sent`, async () => {
          const { simulator, adapter, connect } = weather.setUp();
          const slow = faults.some((one) => /hang|delay/.test(one.ending));
          const connection = connect({ timeoutMs: slow ? 300 : 5000 });
          if (socket === 'reused') {
            // Warms socket and token; for faults of the sign-in the token is thrown away again.
            await adapter.getCustomer(testCall(connection), weather.warmId);
            if (ofSignIn) simulator.control.revokeTokens();
          }
          simulator.control.clearLog();
          simulator.control.setFault(...faults);
          const call = callOf(connection);
          const outcome = await weather.create(call);

          const [made, sent] = [weather.made(), weather.creates()];
          const throughRevoked = socket === 'reused' && ofSignIn ? 1 : 0;
          expect([said(outcome), made.length, sent.length]).toEqual([expected, customers, requests + throughRevoked]);
          expect(call.exchanges.filter((one) => one.purpose === 'create').length).toBe(sent.length);
          for (const { correlationId, requestId } of sent) {
            if (correlationId !== null) expect(correlationId).toBe(call.correlationId);
            if (requestId != null) expect(requestId).toBe(call.attemptId);
          }
          expect(call.marks.count).toBe(sent.length > 0 ? 1 : 0);
          if (socket === 'reused' && sent.length > 0) expect(sent[0]?.onSocket).toBeGreaterThan(1);
          if (outcome.state === 'succeeded') expect(made.at(-1)).toBe(outcome.vendorId);
          else if (outcome.state === 'refused') expect(made).toEqual([]);
          const kept = JSON.stringify([call.exchanges, outcome]);
          for (const secret of weather.secrets) expect(kept).not.toMatch(secret);
        });
      }
    }
  });
}

const isList = <Fault>(fault: Fault | readonly Fault[]): fault is readonly Fault[] => Array.isArray(fault);

function listed<Fault>(fault: Fault | readonly Fault[]): readonly Fault[] {
  return isList(fault) ? fault : [fault];
}
