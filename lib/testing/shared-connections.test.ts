import './matrix-next';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '../db/as-system';
import { getOnboardingRecord } from '../onboarding/get-onboarding-record';
import { testDatabase } from './database';
import { addAttempt, addCustomer, factsOf, rawWord } from './matrix-records';
import { allPrints, changedTables } from './row-prints';
import { codeOf, type Stage, setStage } from './stage';
import { addActor } from './world';

/** The rows of the table of permissions about shared connections: used below, never looked through. */

const database = await testDatabase();
let stage: Stage;

beforeAll(async () => {
  stage = await setStage(database);
});

afterAll(async () => {
  await stage.close();
});

const everyRole = ['admin', 'operator', 'viewer'] as const;
const acting = ['admin', 'operator'] as const;

/** An attempt of the person's own customer over the connection that the partner above shares. */
async function attemptOver(facts: { readonly state: 'succeeded' | 'unknown' | 'refused'; readonly name?: string }) {
  const { places, sharedConnectionId, mappingId } = stage.world;
  const customerId = await addCustomer(places.own);
  const over = { connectionId: sharedConnectionId, ownerPartnerId: places.parent.partnerId, mappingId };
  const problem = facts.state === 'refused' ? ({ problem: 'already-exists' } as const) : {};
  return addAttempt({ ...places.own, customerId }, { ...facts, ...problem, over });
}

/** Saves of the shared connection as somebody below could post them. */
function savesOfShared(): readonly (readonly [string, unknown])[] {
  const { sharedConnectionId: connectionId, places, simulator } = stage.world;
  const fields = {
    name: 'Taken over',
    shared: false,
    sandbox: true,
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    settings: { tenantDomain: 'a.example', clientId: 'b', scope: 'c' },
    secrets: { clientSecret: 'd' },
    requestsPerSecond: null,
    timeoutMs: 20_000,
  };
  return [
    ['connections.edit', { connectionId, version: 1, ...fields }],
    ['connections.disable', { connectionId, version: 1 }],
    ['connections.enable', { connectionId, version: 1 }],
    ['connections.test', { connectionId }],
    [
      'mappings.set',
      { connectionId, partnerId: places.child.partnerId, externalId: 'x', externalName: '', version: null },
    ],
    ['mappings.set', { connectionId, partnerId: places.own.partnerId, externalId: 'x', externalName: '', version: 1 }],
  ];
}

describe('a shared connection can be used below, and is seen by name alone', () => {
  test.each(everyRole)('its page shows the %s of a partner below no settings', async (role) => {
    const { sharedConnectionId: connectionId, simulator, places } = stage.world;
    const answer = await stage.open('/connections/[connectionId]', { connectionId }, { role });
    expect(answer.ending).toBe('shown');
    for (const hidden of [simulator.url, simulator.tokenUrl, 'quayside-demo', places.parent.marker]) {
      expect(answer.text).not.toContain(hidden);
    }
  });

  test('settings of one’s own connection are for those who work with it', async () => {
    const { connectionId } = stage.world.places.own;
    const page = (role: (typeof everyRole)[number]) =>
      stage.open('/connections/[connectionId]', { connectionId }, { role });
    for (const role of acting) expect((await page(role)).text).toContain(stage.world.simulator.url);
    expect((await page('viewer')).text).not.toContain(stage.world.simulator.url);
  });

  test.each(everyRole)('the %s of a partner below cannot change, test or map it', async (role) => {
    const requests = stage.world.simulator.control.log().length;
    const before = await allPrints(database);
    for (const [name, input] of savesOfShared()) {
      const code = codeOf(await stage.act(name, input, { role }));
      expect(['not-found', 'forbidden'], name).toContain(code);
    }
    const changed = changedTables(before, await allPrints(database));
    expect(changed.filter((table) => !['audit_entry', 'audit_head'].includes(table))).toEqual([]);
    expect(stage.world.simulator.control.log()).toHaveLength(requests);
  });

  test.each(everyRole)('the mapping that is the partner’s own is not the %s’s to remove', async (role) => {
    const { sharedConnectionId: connectionId, places } = stage.world;
    const { id } = await asSystem('seed', (tx) =>
      tx.mapping.findFirstOrThrow({ where: { connectionId, partnerId: places.own.partnerId }, select: { id: true } }),
    );
    const answer = await stage.act('mappings.remove', { mappingId: id, version: 1 }, { role });
    expect(['not-found', 'forbidden']).toContain(codeOf(answer));
  });

  test.each(acting)('a look-up of resellers gives the %s of a partner below its own mapping alone', async (role) => {
    const { sharedConnectionId: connectionId, mappingId, places } = stage.world;
    const path = '/api/connections/[connectionId]/lookups/[name]';
    const answer = await stage.open(path, { connectionId, name: 'resellers' }, { role });
    expect(answer.ending).toBe('shown');
    const { options } = JSON.parse(answer.text);
    expect(options.map((option: { value: string }) => option.value)).toEqual([mappingId]);
    expect(answer.text).not.toContain(places.sibling.marker);
  });
});

describe('what travelled over a shared connection is the owner’s', () => {
  test.each(everyRole)(
    'the record shows the %s of a partner below that there was an exchange, not what it said',
    async (role) => {
      const { correlationId } = await attemptOver({ state: 'succeeded' });
      for (const path of [
        '/onboardings/[correlationId]',
        '/api/onboardings/[correlationId]',
        '/api/onboardings/[correlationId]/download',
      ]) {
        const answer = await stage.open(path, { correlationId }, { role });
        expect(answer.ending, path).toBe('shown');
        expect(answer.text, path).not.toContain(rawWord);
      }
    },
  );

  test.each(everyRole)('over the own connection the %s sees it', async (role) => {
    const { correlationId } = stage.world.places.own;
    const answer = await stage.open('/api/onboardings/[correlationId]', { correlationId }, { role });
    expect(answer.text).toContain(rawWord);
  });

  test('of the owner’s people the admin and the operator see it, the viewer does not', async () => {
    const { correlationId } = await attemptOver({ state: 'succeeded' });
    const partnerId = stage.world.places.parent.partnerId;
    const sees = async (role: (typeof everyRole)[number]) =>
      JSON.stringify(await getOnboardingRecord(await addActor({ partnerId, role }), correlationId)).includes(rawWord);
    expect([await sees('admin'), await sees('operator'), await sees('viewer')]).toEqual([true, true, false]);
  });

  test('a record stays readable, and its exchanges hidden, when the connection is shared no more', async () => {
    const { sharedConnectionId: id } = stage.world;
    const { correlationId } = await attemptOver({ state: 'succeeded' });
    const share = (shared: boolean) =>
      asSystem('seed', (tx) => tx.connection.update({ where: { id }, data: { shared } }));
    await share(false);
    try {
      for (const path of ['/onboardings/[correlationId]', '/api/onboardings/[correlationId]']) {
        const answer = await stage.open(path, { correlationId }, { role: 'operator' });
        expect(answer.ending, path).toBe('shown');
        expect(answer.text, path).not.toContain(rawWord);
      }
      expect((await stage.open('/connections/[connectionId]', { connectionId: id }, { role: 'admin' })).ending).toBe(
        'not-there',
      );
    } finally {
      await share(true);
    }
  });
});

describe('customers of others at the vendor are not shown to a partner below', () => {
  test.each(acting)('a plan of the same name tells the %s to ask the owner, and nothing else', async (role) => {
    const { places, sharedConnectionId, decoy } = stage.world;
    const submission = {
      correlationId: uuidv7(),
      partnerId: places.own.partnerId,
      customerId: null,
      facts: { ...factsOf(places.own), name: decoy.name },
      vendors: [{ connectionId: sharedConnectionId, input: {}, decision: null, retryOf: null }],
    };
    const answer = await stage.act('onboardings.plan', submission, { role });
    expect(JSON.parse(answer.text).value.rows[0]).toMatchObject({ verdict: 'blocked', reason: 'ask-owner', found: [] });
    for (const hidden of [decoy.vendorId, 'decoy-key', 'office@decoy.example'])
      expect(answer.text).not.toContain(hidden);
    const adopting = {
      ...submission,
      vendors: submission.vendors.map((one) => ({ ...one, decision: { kind: 'adopt', vendorId: decoy.vendorId } })),
    };
    const second = await stage.act('onboardings.plan', adopting, { role });
    expect(JSON.parse(second.text).value.acting).toBe(0);
  });

  test.each(acting)('a check of an unknown attempt shows the %s none of them', async (role) => {
    const { attemptId } = await attemptOver({ state: 'unknown', name: stage.world.decoy.name });
    const answer = await stage.act('attempts.check', { attemptId }, { role });
    expect(codeOf(answer)).toBeNull();
    for (const hidden of [stage.world.decoy.vendorId, 'decoy-key', 'office@decoy.example']) {
      expect(answer.text).not.toContain(hidden);
    }
  });

  test('nor does an admin adopt one or settle with one, and a wrong id looks like theirs', async () => {
    const refused = await attemptOver({ state: 'refused', name: stage.world.decoy.name });
    const unknown = await attemptOver({ state: 'unknown', name: stage.world.decoy.name });
    const adopt = (vendorId: string) => stage.act('attempts.adopt', { attemptId: refused.attemptId, vendorId });
    const settle = (vendorId: string) =>
      stage.act('attempts.settle-by-hand', {
        attemptId: unknown.attemptId,
        state: 'succeeded',
        vendorId,
        note: 'They said so on the phone.',
      });
    for (const act of [adopt, settle]) {
      const [theirs, absent] = [await act(stage.world.decoy.vendorId), await act(uuidv7())];
      expect(codeOf(theirs)).toBe('conflict');
      expect(theirs.text).toBe(absent.text);
    }
  });
});

describe('adopting by name is for admins', () => {
  test.each(acting)('as %s', async (role) => {
    const { places } = stage.world;
    const [byName] = stage.world.simulator.control.customers();
    const customerId = await addCustomer(places.own);
    const { attemptId } = await addAttempt(
      { ...places.own, customerId },
      { state: 'refused', problem: 'already-exists' },
    );
    const answer = await stage.act('attempts.adopt', { attemptId, vendorId: byName?.id }, { role });
    expect(codeOf(answer)).toBe(role === 'admin' ? null : 'forbidden');
  });
});
