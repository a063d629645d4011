import 'server-only';
import { asSystem } from '../db/as-system';
import { runAttempts } from '../onboarding/run-attempts';
import { openedAttempts } from '../testing/engine';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addTree } from '../testing/world';
import { startCloudCockpitSimulator } from '../vendors/cloud-cockpit/simulator';
import { closeVendors } from '../vendors/registry';

/** P10: attempts that wait for their connection's limit. */
export interface LimitFigures {
  readonly limit: number;
  /** Requests per second over the whole run, as the vendor received them. */
  readonly reached: number;
  /** The most that any one second saw. */
  readonly busiestSecond: number;
  readonly tooMany: number;
  readonly attempts: number;
}

const limit = 50;
const count = 400;

/** Opens attempts at one connection, starts them all at once, and reads the vendor's log. */
export async function measureLimit(): Promise<LimitFigures> {
  const simulator = await startCloudCockpitSimulator();
  const { csp } = await addTree();
  const actor = await addActor({ partnerId: csp, role: 'operator' });
  const urls = { baseUrl: simulator.url, tokenUrl: simulator.tokenUrl };
  // A short timeout leaves the most of the thirty seconds to the queue.
  const connectionId = await addCockpit({ ownerPartnerId: csp, ...urls, timeoutMs: 1_000 });
  try {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      ids.push(...(await openedAttempts(actor, cockpitSubmission({ partnerId: csp, connectionId }))));
    }
    await limitTo(connectionId);
    await closeVendors();
    simulator.control.clearLog();
    await runAttempts(ids);
    const times = simulator.control.log().map((one) => Date.parse(one.at));
    const [first = 0] = times;
    const last = times.at(-1) ?? first;
    const busiest = times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length);
    return {
      limit,
      reached: ((times.length - 1) / (last - first)) * 1_000,
      busiestSecond: Math.max(...busiest),
      tooMany: simulator.control.log().filter((one) => one.status === 429).length,
      attempts: count,
    };
  } finally {
    await closeVendors();
    await simulator.stop();
  }
}

/** The limit comes with the run, so that planning beforehand need not wait for it. */
async function limitTo(connectionId: string): Promise<void> {
  await asSystem('seed', (tx) =>
    tx.connectionSetting.update({ where: { connectionId }, data: { requestsPerSecond: limit } }),
  );
}
