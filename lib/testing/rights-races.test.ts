import './matrix-next';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { withClient } from '../db/logins';
import { onboard } from '../onboarding/onboard';
import { makePlan, planOnboarding } from '../onboarding/plan';
import { runAttempts } from '../onboarding/run-attempts';
import type { Submission } from '../onboarding/submission';
import { testDatabase } from './database';
import { openAction } from './matrix';
import { addConnection, addSession, factsOf } from './matrix-records';
import { beginRequest } from './matrix-request';
import { codeOf, type Stage, setStage } from './stage';
import { actorOf, addCockpit, addMapping, addPartner, addUser } from './world';

const database = await testDatabase();
let stage: Stage;

beforeAll(async () => {
  stage = await setStage(database);
});

afterAll(async () => {
  await stage.close();
});

/** A new operator of the person's own partner, who may look on afterwards as well. */
async function addOperator(partnerId: string): Promise<string> {
  const userId = await addUser({ partnerId, role: 'operator' });
  await asSystem('seed', (tx) => tx.roleGrant.create({ data: { id: uuidv7(), userId, role: 'viewer', partnerId } }));
  return userId;
}

/** A form that creates without asking the vendor first, so that its plan needs no look-up. */
function formFor(connectionId: string): Submission {
  const { own } = stage.world.places;
  return {
    correlationId: uuidv7(),
    partnerId: own.partnerId,
    customerId: null,
    facts: factsOf(own),
    vendors: [{ connectionId, input: {}, decision: { kind: 'create-anyway' }, retryOf: null }],
  };
}

async function hashOf(userId: string, submission: Submission): Promise<string> {
  const actor = await actorOf(userId);
  return (await asActor(actor, (tx) => makePlan(tx, actor, submission, new Map()))).view.planHash;
}

async function submit(userId: string, submission: Submission, planHash: string): Promise<string | null> {
  const found = stage.actions.find(({ door }) => door.name === 'onboardings.submit');
  if (found === undefined) throw new Error('nothing exports onboardings.submit');
  await beginRequest({ sessionId: await addSession(userId) });
  return codeOf(await openAction(found, { planHash, submission }));
}

/** Takes the right away after some round trips, and says whether the act stood when the removal was made. */
async function removeRight(userId: string, correlationId: string, roundTrips: number): Promise<boolean> {
  return withClient(database.superUrl, async (client) => {
    for (let trip = 0; trip < roundTrips; trip += 1) await client.query('select 1');
    await client.query('begin');
    await client.query(`delete from role_grant where user_id = $1 and role = 'operator'`, [userId]);
    const { rowCount } = await client.query('select from onboarding where correlation_id = $1', [correlationId]);
    await client.query('commit');
    return rowCount === 1;
  });
}

describe('S39: a right removed between check and use never wins', () => {
  test('240 races of a submit against the removal of the grant that allows it', { timeout: 240_000 }, async () => {
    const connectionId = await addConnection(stage.world.places.own, stage.world.simulator);
    const tally = { before: 0, refused: 0, won: 0, afterwards: 0 };
    // Later after a refusal and sooner after a win of the act: so the removals gather around the check, however fast either is.
    let trips = 0;
    for (let race = 0; race < 240; race += 1) {
      const userId = await addOperator(stage.world.places.own.partnerId);
      const submission = formFor(connectionId);
      const planHash = await hashOf(userId, submission);
      const [code, stood] = await Promise.all([
        submit(userId, submission, planHash),
        removeRight(userId, submission.correlationId, trips),
      ]);
      if (code === null && !stood) tally.won += 1;
      else if (code === null) tally.before += 1;
      else tally.refused += 1;
      trips = stood ? Math.max(0, trips - 2) : trips + 3;
      const later = formFor(connectionId);
      if ((await submit(userId, later, '0'.repeat(64))) !== 'forbidden') tally.afterwards += 1;
    }
    process.stdout.write(`S39: 240 races, ${tally.before} acts before the removal, ${tally.refused} refused\n`);
    expect(tally).toMatchObject({ won: 0, afterwards: 0 });
    expect(Math.min(tally.before, tally.refused)).toBeGreaterThan(20);
  });
});

interface Opened {
  readonly userId: string;
  readonly partnerId: string;
  readonly connectionId: string;
  readonly ownerId: string;
}

/** What can happen between the opening of an attempt and its run. */
const changes: Readonly<Record<string, (opened: Opened) => readonly [string, ...string[]]>> = {
  'the grant is removed': ({ userId }) => ['delete from role_grant where user_id = $1', userId],
  'the role becomes viewer': ({ userId }) => [`update role_grant set role = 'viewer' where user_id = $1`, userId],
  'the user is disabled': ({ userId }) => ['update app_user set disabled_at = now() where id = $1', userId],
  'the partner moves out of the branch': ({ partnerId, ownerId }) => [
    'delete from partner_closure where descendant_id = $1 and ancestor_id = $2',
    partnerId,
    ownerId,
  ],
  'the partner moves away from the connection, its people keep their rights': ({ userId, partnerId, ownerId }) => [
    `with kept as (insert into role_grant (id, user_id, role, partner_id) values (gen_random_uuid(), $3, 'operator', $1))
     delete from partner_closure where descendant_id = $1 and ancestor_id = $2`,
    partnerId,
    ownerId,
    userId,
  ],
  'the connection is disabled': ({ connectionId }) => [
    'update connection set disabled_at = now() where id = $1',
    connectionId,
  ],
  'the connection breaks': ({ connectionId }) => [
    'update connection set broken_at = now() where id = $1',
    connectionId,
  ],
  'the connection is edited': ({ connectionId }) => [
    'update connection set version = version + 1 where id = $1',
    connectionId,
  ],
  'the connection is shared no more': ({ connectionId }) => [
    'update connection set shared = false, version = version + 1 where id = $1',
    connectionId,
  ],
  'the mapping is removed': ({ connectionId }) => ['delete from mapping where connection_id = $1', connectionId],
  'the mapping names another reseller': ({ connectionId }) => [
    `update mapping set external_id = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a02' where connection_id = $1`,
    connectionId,
  ],
};

describe('S38: what changes between the opening of an attempt and its run stops it', () => {
  test.each(Object.keys(changes))('%s: nothing is sent', async (name) => {
    const ownerId = stage.world.places.own.partnerId;
    const partnerId = await addPartner({ key: `moving-${uuidv7()}`, kind: 'reseller', parentId: ownerId });
    const userId = await addUser({ partnerId: ownerId, role: 'operator' });
    const { url, tokenUrl, control } = stage.world.simulator;
    const connectionId = await addCockpit({ ownerPartnerId: ownerId, baseUrl: url, tokenUrl });
    await addMapping({ connectionId, partnerId, externalId: '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01' });
    const actor = await actorOf(userId);
    const submission = { ...formFor(connectionId), partnerId };
    const plan = await planOnboarding(actor, submission);
    expect(plan.rows.map(({ verdict, reason }) => [verdict, reason])).toEqual([['create', 'new-at-vendor']]);
    const answer = await onboard(actor, plan.planHash, submission);
    if (answer.kind !== 'opened') throw new Error('the plan moved');
    const [sql, ...values] = changes[name]?.({ userId, partnerId, connectionId, ownerId }) ?? ['select 1'];
    await withClient(database.superUrl, (client) => client.query(sql, values));
    const before = control.log().length;
    await runAttempts(answer.attempts);
    const sent = control.log().slice(before);
    expect(sent.filter(({ method, path }) => method === 'POST' && !/token/.test(path))).toEqual([]);
    // A read or a sign-in that was under way may still go out; not more than that.
    expect(sent.length).toBeLessThanOrEqual(1);
    const states = await asSystem('seed', (tx) =>
      tx.attempt.findMany({
        where: { correlationId: submission.correlationId },
        select: { state: true, sentAt: true },
      }),
    );
    expect(states).toEqual([{ state: 'refused', sentAt: null }]);
  });
});
