import 'server-only';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { Agent, request } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor';
import { runAttempt, type StoredAttempt } from '../onboarding/run-attempt';
import { openWithoutPlan } from '../testing/open-without-plan';
import { cockpitSubmission } from '../testing/submissions';
import { addActor, addCockpit, addPartner, addTree } from '../testing/world';
import { closeVendors } from '../vendors/registry';
import { measure, median, type Side } from './side';

/** P1 and P3: attempts through the engine beside a bare request with one durable insert, in one run. */

const lanes = 8;
const partnersCount = 8;
const perRound = 1_200;
const rounds = 3;

interface Lane {
  readonly actor: Actor;
  readonly connectionId: string;
}

export interface AttemptFigures {
  readonly bare: Side;
  readonly engine: Side;
  readonly alone: { readonly bare: Side; readonly engine: Side };
}

/** Measures, round by round in turn, and answers the middle round of each side. Needs a durable test database in `env()`. */
export async function measureAttempts(databaseUrl: string): Promise<AttemptFigures> {
  const vendor = fork('lib/bench/bare-vendor.ts', { execArgv: ['--import', 'tsx'] });
  const [port] = await once(vendor, 'message');
  const baseUrl = `http://127.0.0.1:${String(port)}`;
  const opened = await openLanes(baseUrl);
  const bare = await bareSide(baseUrl, databaseUrl);
  try {
    const bares: Side[] = [];
    const engines: Side[] = [];
    await engineRound(opened, { count: 200, lanes });
    await measure({ count: 200, lanes }, bare.operation);
    for (let round = 0; round < rounds; round += 1) {
      bares.push(await measure({ count: perRound, lanes }, bare.operation));
      engines.push(await engineRound(opened, { count: perRound, lanes }));
    }
    return {
      bare: median(bares),
      engine: median(engines),
      alone: {
        bare: await measure({ count: 400, lanes: 1 }, bare.operation),
        engine: await engineRound(opened, { count: 400, lanes: 1 }),
      },
    };
  } finally {
    await bare.close();
    await closeVendors();
    vendor.disconnect();
  }
}

async function openLanes(baseUrl: string): Promise<readonly Lane[]> {
  const { host } = await addTree();
  const made: Lane[] = [];
  for (let index = 0; index < partnersCount; index += 1) {
    const partnerId = await addPartner({ key: `bench-${uuidv7()}`, kind: 'csp', parentId: host });
    const actor = await addActor({ partnerId, role: 'operator' });
    const connectionId = await addCockpit({ ownerPartnerId: partnerId, baseUrl, tokenUrl: `${baseUrl}/token` });
    made.push({ actor, connectionId });
  }
  return made;
}

/** Opens the attempts of a round beforehand; measured is carrying them out: sent mark, request, closing. */
async function engineRound(
  opened: readonly Lane[],
  size: { readonly count: number; readonly lanes: number },
): Promise<Side> {
  const attempts: StoredAttempt[] = [];
  for (let index = 0; index < size.count; index += 1) {
    const lane = opened[index % opened.length];
    if (lane !== undefined) attempts.push(await openWithoutPlan(lane));
  }
  return measure(size, async (index) => runAttempt(attempts[index] ?? ''));
}

/** The least that could be done: one request and one durable row. */
async function bareSide(baseUrl: string, databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await pool.query(
    'create table if not exists bench_row (id uuid primary key, at timestamptz not null, body jsonb not null)',
  );
  const dispatcher = new Agent({ connections: lanes });
  const submission = cockpitSubmission({ partnerId: uuidv7(), connectionId: uuidv7() });
  const body = JSON.stringify(submission.facts);
  return {
    async operation() {
      const answer = await request(`${baseUrl}/v1/Customers`, {
        dispatcher,
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      });
      const id = await answer.body.json();
      await pool.query({
        name: 'bare',
        text: 'insert into bench_row (id, at, body) values ($1, now(), $2)',
        values: [uuidv7(), JSON.stringify({ id, body })],
      });
    },
    async close() {
      await dispatcher.close();
      await pool.end();
    },
  };
}
