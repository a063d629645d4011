import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { signIn } from '../auth/sign-in';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { Conflict, Forbidden, NotFound } from '../errors';
import { testDatabase } from '../testing/database';
import { addPerson, entriesOf, giveRole } from '../testing/people';
import { actorOf, addTree } from '../testing/world';
import { disableUser } from './disable-user';
import { enableUser } from './enable-user';
import { getUserRecord } from './get-user-record';
import { listUsers, type UserFilter } from './list-users';
import { resetPassword } from './reset-password';

await testDatabase();
const tree = await addTree();

const acts = [
  ['disable', disableUser],
  ['enable', enableUser],
  ['reset the password of', (actor: Actor, userId: string) => resetPassword(actor, userId, null)],
] as const;

async function admin(partnerId: string): Promise<Actor> {
  return actorOf((await addPerson({ partnerId, role: 'admin' })).userId);
}

const isDisabled = async (userId: string) =>
  (await asSystem('seed', (tx) => tx.user.findUniqueOrThrow({ where: { id: userId } }))).disabledAt !== null;
const hashOf = (userId: string) => asSystem('seed', (tx) => tx.userPassword.findUniqueOrThrow({ where: { userId } }));
const everything: UserFilter = { text: '', state: null, role: null, partnerId: null, after: null, before: null };
const address = { address: '192.0.2.1', userAgent: 'test' };

describe('an admin', () => {
  test('disables a user of the own branch, who cannot sign in, and enables them again', async () => {
    const actor = await admin(tree.csp);
    const person = await addPerson({ partnerId: tree.harbor, role: 'operator' });
    await disableUser(actor, person.userId);
    expect(await signIn(person, address)).toEqual({ kind: 'refused' });
    await enableUser(actor, person.userId);
    expect((await signIn(person, address)).kind).toBe('signed-in');
    for (const action of ['user.disabled', 'user.enabled']) {
      expect((await entriesOf(action)).at(-1)).toMatchObject({
        partnerId: tree.harbor,
        subjectId: person.userId,
        actorId: actor.userId,
        actorRole: 'admin',
      });
    }
  });

  test('resets a password: the generated one works, the old one does not, the audit has neither', async () => {
    const actor = await admin(tree.csp);
    const person = await addPerson({ partnerId: tree.pine, role: 'operator' });
    const password = (await resetPassword(actor, person.userId, null)) ?? '';
    expect(password.length).toBeGreaterThan(20);
    expect(await signIn(person, address)).toEqual({ kind: 'refused' });
    expect((await signIn({ ...person, password }, address)).kind).toBe('signed-in');
    const entry = (await entriesOf('password.reset')).at(-1);
    expect(entry).toMatchObject({ partnerId: tree.pine, subjectId: person.userId, detail: { generated: true } });
    expect(JSON.stringify(entry, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      password,
    );
  });

  test('types a password only within the rules, and it is not given back', async () => {
    const actor = await admin(tree.csp);
    const person = await addPerson({ partnerId: tree.pine, role: 'operator' });
    const before = (await hashOf(person.userId)).hash;
    await expect(resetPassword(actor, person.userId, 'password1234567')).rejects.toThrow(Conflict);
    expect((await hashOf(person.userId)).hash).toBe(before);
    expect(await resetPassword(actor, person.userId, 'thimble quarry lagoon 8')).toBeNull();
    expect((await signIn({ ...person, password: 'thimble quarry lagoon 8' }, address)).kind).toBe('signed-in');
  });

  test.each(acts)('cannot %s themselves', async (_, act) => {
    const actor = await admin(tree.csp);
    await expect(act(actor, actor.userId)).rejects.toThrow(Conflict);
  });

  test.each(acts)(
    'cannot %s anybody of the parent, a sibling or a stranger: as if nobody were there',
    async (_, act) => {
      const actor = await admin(tree.harbor);
      for (const partnerId of [tree.host, tree.csp, tree.pine, tree.foreign]) {
        const other = await addPerson({ partnerId, role: 'operator' });
        const before = (await hashOf(other.userId)).hash;
        await expect(act(actor, other.userId)).rejects.toThrow(NotFound);
        expect(await isDisabled(other.userId)).toBe(false);
        expect((await hashOf(other.userId)).hash).toBe(before);
      }
      await expect(act(actor, uuidv7())).rejects.toThrow(NotFound);
    },
  );

  test.each(acts)('cannot %s a colleague whose rights reach beyond the own branch', async (_, act) => {
    const actor = await admin(tree.harbor);
    const colleague = await addPerson({ partnerId: tree.harbor, role: 'operator' });
    await giveRole({ userId: colleague.userId, role: 'viewer', partnerId: tree.csp });
    const before = (await hashOf(colleague.userId)).hash;
    await expect(act(actor, colleague.userId)).rejects.toThrow(Forbidden);
    expect(await isDisabled(colleague.userId)).toBe(false);
    expect((await hashOf(colleague.userId)).hash).toBe(before);
  });

  test.each(acts)('cannot %s somebody at a partner where another role than admin is held', async (_, act) => {
    const person = await addPerson({ partnerId: tree.harbor, role: 'admin' });
    await giveRole({ userId: person.userId, role: 'operator', partnerId: tree.csp });
    const actor = await actorOf(person.userId);
    const other = await addPerson({ partnerId: tree.pine, role: 'operator' });
    await expect(act(actor, other.userId)).rejects.toThrow(Forbidden);
  });

  test.each(['operator', 'viewer'] as const)('is needed: as %s nobody is disabled, enabled or reset', async (role) => {
    const actor = await actorOf((await addPerson({ partnerId: tree.csp, role })).userId);
    const other = await addPerson({ partnerId: tree.harbor, role: 'operator' });
    const rightless = await addPerson({ partnerId: tree.harbor, role: null });
    for (const [, act] of acts) {
      for (const { userId } of [other, rightless]) await expect(act(actor, userId)).rejects.toThrow(Forbidden);
    }
    await expect(getUserRecord(actor, other.userId)).rejects.toThrow(Forbidden);
    expect((await listUsers(actor, everything)).rows).toEqual([]);
  });
});

describe('the last admin of a partner', () => {
  test('is not disabled; with a second one they can be', async () => {
    const branch = await addTree();
    const actor = await admin(tree.host);
    const last = await addPerson({ partnerId: branch.harbor, role: 'admin' });
    await expect(disableUser(actor, last.userId)).rejects.toThrow(/last admin of Partner harbor/);
    expect((await getUserRecord(actor, last.userId)).lastAdminOf).toMatch(/^Partner harbor/);
    await addPerson({ partnerId: branch.harbor, role: 'admin' });
    await disableUser(actor, last.userId);
    expect(await isDisabled(last.userId)).toBe(true);
  });

  test('is not left over by a disabled second one', async () => {
    const branch = await addTree();
    const actor = await admin(tree.host);
    const one = await addPerson({ partnerId: branch.harbor, role: 'admin' });
    const other = await addPerson({ partnerId: branch.harbor, role: 'admin' });
    await disableUser(actor, one.userId);
    await expect(disableUser(actor, other.userId)).rejects.toThrow(Conflict);
  });

  test('remains when two admins disable each other at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const branch = await addTree();
      const [one, other] = [await admin(branch.harbor), await admin(branch.harbor)];
      const endings = await Promise.allSettled([disableUser(one, other.userId), disableUser(other, one.userId)]);
      expect(endings.filter((ending) => ending.status === 'fulfilled')).toHaveLength(1);
    }
  });
});

describe('the list of users', () => {
  test('shows the own branch, newest first, and pages by key in both directions', async () => {
    const branch = await addTree();
    const actor = await admin(branch.csp);
    for (let at = 0; at < 60; at += 1) {
      await asSystem('seed', (tx) =>
        tx.user.create({
          data: { id: uuidv7(), partnerId: branch.pine, email: `${uuidv7()}@people.example`, name: `Row ${at}` },
        }),
      );
    }
    await addPerson({ partnerId: branch.foreign, role: 'operator' });
    const first = await listUsers(actor, everything);
    expect(first.rows).toHaveLength(50);
    expect(first.newer).toBeNull();
    const second = await listUsers(actor, { ...everything, after: first.older });
    expect(second.rows).toHaveLength(11);
    expect(second.older).toBeNull();
    const back = await listUsers(actor, { ...everything, before: second.newer });
    expect(back.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
    expect(back.newer).toBeNull();
    const ids = [...first.rows, ...second.rows].map((row) => row.id);
    expect(ids).toEqual(ids.toSorted().reverse());
    expect(new Set([...first.rows, ...second.rows].map((row) => row.partnerName.split(' ')[1]?.split('-')[0]))).toEqual(
      new Set(['pine', 'csp']),
    );
  });

  test('finds by part of a name or e-mail address, literally, by state and by role', async () => {
    const branch = await addTree();
    const actor = await admin(branch.csp);
    const person = await addPerson({ partnerId: branch.harbor, role: 'viewer' });
    const find = async (filter: Partial<UserFilter>) =>
      (await listUsers(actor, { ...everything, ...filter })).rows.map((row) => row.id);
    expect(await find({ text: person.email.slice(2, -3).toUpperCase() })).toEqual([person.userId]);
    expect(await find({ text: '%' })).toEqual([]);
    expect(await find({ text: '_erson' })).toEqual([]);
    expect(await find({ role: 'viewer' })).toEqual([person.userId]);
    expect(await find({ role: 'operator' })).toEqual([]);
    expect(await find({ partnerId: branch.harbor })).toEqual([person.userId]);
    expect(await find({ partnerId: branch.pine })).toEqual([]);
    expect(await find({ partnerId: branch.foreign })).toEqual([]);
    expect(await find({ state: 'disabled' })).toEqual([]);
    await disableUser(actor, person.userId);
    expect(await find({ state: 'disabled' })).toEqual([person.userId]);
  });

  test('says when each last signed in, and shows no role outside the branch', async () => {
    const branch = await addTree();
    const actor = await admin(branch.harbor);
    const person = await addPerson({ partnerId: branch.harbor, role: 'operator' });
    await giveRole({ userId: person.userId, role: 'admin', partnerId: branch.pine });
    await signIn(person, address);
    const row = (await listUsers(actor, everything)).rows.find(({ id }) => id === person.userId);
    expect(row?.grants.map((grant) => grant.role)).toEqual(['operator']);
    expect(Date.now() - Date.parse(row?.lastSignInAt ?? '')).toBeLessThan(60_000);
    const record = await getUserRecord(actor, person.userId);
    expect(record).toMatchObject({ liveSessions: 1, protectedBecause: 'beyond', lastAdminOf: null });
    expect(record.grants.map((grant) => grant.partnerId)).toEqual([branch.harbor]);
  });
});

describe('the database', () => {
  test('lets no actor read a hash, write a session, or set a password outside the branch', async () => {
    const actor = await admin(tree.harbor);
    const other = await addPerson({ partnerId: tree.pine, role: 'operator' });
    const denied = /permission denied|no such user in the branch/;
    await expect(asActor(actor, (tx) => tx.$queryRaw`select hash from user_password`)).rejects.toThrow(denied);
    await expect(
      asActor(actor, (tx) => tx.$executeRaw`update session set last_seen_at = clock_timestamp()`),
    ).rejects.toThrow(denied);
    await expect(
      asActor(actor, (tx) => tx.$executeRaw`select password_put(${other.userId}::uuid, 'x')`),
    ).rejects.toThrow(denied);
    await expect(
      asSystem('seed', (tx) => tx.$executeRaw`select password_put(${other.userId}::uuid, 'x')`),
    ).rejects.toThrow(denied);
  });
});
