import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { asSystem } from '../db/as-system';
import { Conflict, Forbidden, NotFound } from '../errors';
import { testDatabase } from '../testing/database';
import { addPerson, entriesOf } from '../testing/people';
import { actorOf, addTree, addUser } from '../testing/world';
import { disableUser } from './disable-user';
import { giveGrant, takeGrant } from './manage-grants';

await testDatabase();
const tree = await addTree();

const admin = async (partnerId: string) => actorOf((await addPerson({ partnerId, role: 'admin' })).userId);
const grantsOf = async (userId: string) =>
  (await asSystem('seed', (tx) => tx.roleGrant.findMany({ where: { userId } }))).map(
    ({ role, partnerId }) => `${role} ${partnerId}`,
  );

describe('roles', () => {
  test('are given and taken within the branch, several per user, with an entry at their partner', async () => {
    const actor = await admin(tree.csp);
    const { userId } = await addPerson({ partnerId: tree.harbor, role: 'operator' });
    const session = uuidv7();
    await asSystem('seed', (tx) =>
      tx.session.create({
        data: { id: session, userId, address: 'x', userAgent: 'x', expiresAt: new Date(Date.now() + 60_000) },
      }),
    );
    await giveGrant(actor, { userId, role: 'viewer', partnerId: tree.pine });
    await giveGrant(actor, { userId, role: 'viewer', partnerId: tree.csp });
    expect(await grantsOf(userId)).toHaveLength(3);
    expect((await entriesOf('grant.added')).at(-1)).toMatchObject({ partnerId: tree.csp, actorId: actor.userId });
    const ended = await asSystem('seed', (tx) => tx.session.findUniqueOrThrow({ where: { id: session } }));
    expect(ended.revokedAt).not.toBeNull();
    await expect(giveGrant(actor, { userId, role: 'viewer', partnerId: tree.pine })).rejects.toThrow(/already/);
    await takeGrant(actor, { userId, role: 'viewer', partnerId: tree.pine });
    expect(await grantsOf(userId)).not.toContain(`viewer ${tree.pine}`);
    expect((await entriesOf('grant.removed')).at(-1)).toMatchObject({ partnerId: tree.pine, subjectId: userId });
    await expect(takeGrant(actor, { userId, role: 'viewer', partnerId: tree.pine })).rejects.toThrow(NotFound);
  });

  test('are not given beyond the own branch, nor to or by oneself, nor by who is no admin there', async () => {
    const actor = await admin(tree.harbor);
    const { userId } = await addPerson({ partnerId: tree.harbor, role: 'operator' });
    for (const partnerId of [tree.csp, tree.pine, tree.host, uuidv7()]) {
      await expect(giveGrant(actor, { userId, role: 'admin', partnerId })).rejects.toThrow(NotFound);
    }
    const foreign = await addPerson({ partnerId: tree.pine, role: 'operator' });
    await expect(giveGrant(actor, { userId: foreign.userId, role: 'viewer', partnerId: tree.harbor })).rejects.toThrow(
      NotFound,
    );
    const self = { userId: actor.userId, role: 'viewer' as const, partnerId: tree.harbor };
    await expect(giveGrant(actor, self)).rejects.toThrow(Conflict);
    const operator = await actorOf((await addPerson({ partnerId: tree.harbor, role: 'operator' })).userId);
    await expect(giveGrant(operator, { userId, role: 'viewer', partnerId: tree.harbor })).rejects.toThrow(Forbidden);
    expect(await grantsOf(userId)).toEqual([`operator ${tree.harbor}`]);
  });
});

describe('the last admin of a partner', () => {
  test('keeps the role, also beside somebody invited who has not come, or disabled', async () => {
    const branch = await addTree();
    const actor = await admin(tree.host);
    const { userId } = await addPerson({ partnerId: branch.harbor, role: 'admin' });
    const take = { userId, role: 'admin' as const, partnerId: branch.harbor };
    await addUser({ partnerId: branch.harbor, role: 'admin' });
    await expect(takeGrant(actor, take)).rejects.toThrow(/last admin/);
    await expect(disableUser(actor, userId)).rejects.toThrow(/last admin/);
    const second = await addPerson({ partnerId: branch.harbor, role: 'admin' });
    await disableUser(actor, second.userId);
    await expect(takeGrant(actor, take)).rejects.toThrow(/last admin/);
    await addPerson({ partnerId: branch.harbor, role: 'admin' });
    await takeGrant(actor, take);
    expect(await grantsOf(userId)).toEqual([]);
  });

  test('remains when the last two are taken away at the same moment, in either way', async () => {
    const actor = await admin(tree.host);
    for (let round = 0; round < 10; round += 1) {
      const { harbor } = await addTree();
      const [one, other] = [
        await addPerson({ partnerId: harbor, role: 'admin' }),
        await addPerson({ partnerId: harbor, role: 'admin' }),
      ];
      const endings = await Promise.allSettled([
        takeGrant(actor, { userId: one.userId, role: 'admin', partnerId: harbor }),
        round % 2 === 0
          ? disableUser(actor, other.userId)
          : takeGrant(actor, { userId: other.userId, role: 'admin', partnerId: harbor }),
      ]);
      expect(endings.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});
