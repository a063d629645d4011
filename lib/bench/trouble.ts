import 'server-only';
import { setTimeout as wait } from 'node:timers/promises';
import { forgetHealth, restMs } from '../connections/connection-health';
import { asSystem } from '../db/as-system';
import { withClient } from '../db/logins';
import { runAttempts } from '../onboarding/run-attempts';
import { openedAttempts } from '../testing/engine';
import { type FourVendors, setUpFourVendors } from '../testing/four-vendors';
import { cockpitSubmission } from '../testing/submissions';
import { addCockpit } from '../testing/world';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';
import { startSimulators } from '../vendors/simulators';
import { vendorKeys } from '../vendors/vendor';

/** R21 to R24: what a vendor in trouble is asked, and what the others notice of it. */
export interface TroubleFigures {
  /** R21: creates that came again before the Retry-After of their 429 was over, of so many that were turned away. */
  readonly early: number;
  readonly turnedAway: number;
  /** R22: creates that reached a vendor which turns all away, for each attempt. */
  readonly load: number;
  /** R23: creates that reached a vendor which answers 503, until its connection rested. */
  readonly untilRest: number;
  /** R23: creates that reached it while it rested, by period. */
  readonly probes: readonly number[];
  /** R24: creates per second at three vendors while the fourth hangs, as a share of the same while none does. */
  readonly share: number;
}

const creates = { method: 'POST', path: '/v1/customers' } as const;

/** Does the four in turn, each at connections of its own. Needs an empty database. */
export async function measureTrouble({ superUrl }: { readonly superUrl: string }): Promise<TroubleFigures> {
  const simulators = await startSimulators();
  try {
    const four = await setUpFourVendors(simulators);
    const figures = await withCockpit(four, async (bench) => ({
      ...(await measureRetryAfter(bench)),
      load: await measureLoad(bench),
      ...(await measureRest(bench)),
    }));
    return { ...figures, share: await measureShare(four, superUrl) };
  } finally {
    await closeVendors();
    await simulators.stop();
  }
}

interface Bench {
  readonly simulator: CloudCockpitSimulator;
  /** Opens attempts at a connection of their own; the log begins after them. */
  open(count: number): Promise<readonly string[]>;
  /** When each create came, epoch milliseconds. */
  times(): readonly number[];
}

async function withCockpit<T>({ operator, partnerId }: FourVendors, work: (bench: Bench) => Promise<T>): Promise<T> {
  const simulator = await startCloudCockpitSimulator();
  try {
    return await work({
      simulator,
      async open(count) {
        simulator.control.clearFaults();
        const urls = { baseUrl: simulator.url, tokenUrl: simulator.tokenUrl };
        const connectionId = await addCockpit({ ownerPartnerId: partnerId, ...urls, timeoutMs: 1_000 });
        const ids: string[] = [];
        for (let index = 0; index < count; index += 1)
          ids.push(...(await openedAttempts(operator, cockpitSubmission({ partnerId, connectionId }))));
        simulator.control.clearLog();
        return ids;
      },
      times: () => createsOf(simulator).map(({ at }) => Date.parse(at)),
    });
  } finally {
    await simulator.stop();
  }
}

const createsOf = ({ control }: CloudCockpitSimulator) =>
  control.log().filter(({ method, path }) => method === creates.method && path.toLowerCase().endsWith(creates.path));

async function measureRetryAfter({ simulator, open }: Bench): Promise<Pick<TroubleFigures, 'early' | 'turnedAway'>> {
  const ids = await open(20);
  simulator.control.setFault({ ...creates, ending: 'rate-limit', retryAfter: '2', times: 5 });
  await runAttempts(ids);
  const all = createsOf(simulator);
  const away = all.filter(({ status }) => status === 429);
  const early = away.filter(({ at, correlationId }) =>
    all.some((other) => {
      const laterMs = Date.parse(other.at) - Date.parse(at);
      return other.correlationId === correlationId && laterMs > 0 && laterMs < 2_000;
    }),
  );
  return { early: early.length, turnedAway: away.length };
}

async function measureLoad({ simulator, open, times }: Bench): Promise<number> {
  const ids = await open(300);
  simulator.control.setFault({ ...creates, ending: 'rate-limit-bare', times: null });
  await runAttempts(ids);
  return times().length / ids.length;
}

/** New attempts come steadily, over more than two periods of rest. */
async function measureRest({ simulator, open, times }: Bench): Promise<Pick<TroubleFigures, 'untilRest' | 'probes'>> {
  const everyMs = 150;
  const ids = await open(Math.ceil((restMs * 2.6) / everyMs));
  simulator.control.setFault({ ...creates, ending: 'unavailable', times: null });
  const runs: Promise<void>[] = [];
  for (const id of ids) {
    runs.push(runAttempts([id]));
    await wait(everyMs);
  }
  await Promise.all(runs);
  const seen = times();
  const pause = seen.findIndex((at, index) => index > 0 && at - (seen[index - 1] ?? at) > restMs / 3);
  const untilRest = pause === -1 ? seen.length : pause;
  const restedAt = seen[untilRest - 1] ?? 0;
  const probes = [1, 2].map(
    (period) =>
      seen.slice(untilRest).filter((at) => {
        const sinceMs = at - restedAt;
        return sinceMs >= (period - 0.5) * restMs && sinceMs < (period + 0.5) * restMs;
      }).length,
  );
  return { untilRest, probes };
}

const onboardings = 100;

/** Rounds without and with a vendor that hangs, in turns. */
async function measureShare(four: FourVendors, superUrl: string): Promise<number> {
  const others = vendorKeys.filter((vendor) => vendor !== 'avepoint');
  const round = async (hangs: boolean): Promise<number> => {
    forgetHealth();
    await withClient(superUrl, (client) => client.query('delete from connection_health'));
    await four.control('avepoint', 'clear-faults');
    const ids: string[] = [];
    for (let index = 0; index < onboardings; index += 1)
      ids.push(...(await openedAttempts(four.operator, four.submission(nextName()))));
    if (hangs) await four.control('avepoint', 'faults', { ending: 'hang', method: 'POST', times: null });
    const began = Date.now();
    await runAttempts(ids);
    const last = await asSystem('verify the audit chain', (tx) =>
      tx.attempt.aggregate({ where: { id: { in: ids }, vendor: { in: others } }, _max: { closedAt: true } }),
    );
    return (onboardings * others.length) / ((last._max.closedAt?.getTime() ?? Date.now()) - began);
  };
  await round(false);
  const well: number[] = [];
  const hung: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    well.push(await round(false));
    hung.push(await round(true));
  }
  const middle = (of: readonly number[]) => of.toSorted((left, right) => left - right)[2] ?? 0;
  return middle(hung) / middle(well);
}

let named = 0;
/** A name that no other has, of letters that every vendor takes. */
function nextName(): string {
  named += 1;
  const letters = [...String(named)].map(
    (digit) => 'bcdfghjklm'.charAt(Number(digit)) + 'ae'.charAt(Number(digit) % 2),
  );
  return `Bench ${letters.join('')}`;
}
