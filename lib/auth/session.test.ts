import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { changePassword } from '../account/change-password';
import { revokeOwnSessions } from '../account/revoke-own-sessions';
import { asSystem } from '../db/as-system';
import { testDatabase } from '../testing/database';
import { addPerson, giveRole, type Person } from '../testing/people';
import { actorOf, addTree } from '../testing/world';
import { disableUser } from '../users/disable-user';
import { enableUser } from '../users/enable-user';
import { resetPassword } from '../users/reset-password';
import { currentActor } from './actor';
import { sealSessionId, sessionCookie } from './session-cookie';
import { signIn } from './sign-in';
import { signOutSession } from './sign-out';

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined) }),
}));

await testDatabase();
const tree = await addTree();
const admin = await actorOf((await addPerson({ partnerId: tree.csp, role: 'admin' })).userId);
const request = { address: '192.0.2.1', userAgent: 'test', sameOrigin: true };

let person: Person;
let sessionId: string;

/** The next request of a browser that holds this session. */
async function nextRequest(id: string) {
  jar.set(sessionCookie().name, await sealSessionId(id));
  return currentActor();
}

async function session(): Promise<string> {
  const ending = await signIn(person, request);
  if (ending.kind !== 'signed-in') throw new Error(ending.kind);
  return ending.sessionId;
}

const change = (data: { expiresAt?: Date; lastSeenAt?: Date }) =>
  asSystem('seed', (tx) => tx.session.update({ where: { id: sessionId }, data }));
const row = () => asSystem('seed', (tx) => tx.session.findUniqueOrThrow({ where: { id: sessionId } }));
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

beforeEach(async () => {
  person = await addPerson({ partnerId: tree.harbor, role: 'operator' });
  sessionId = await session();
  expect((await nextRequest(sessionId))?.userId).toBe(person.userId);
});

describe('S20 an old cookie is refused on the next request after', () => {
  test('signing out', async () => {
    await signOutSession(sessionId);
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('a changed password; the session that changed it goes on under a new one', async () => {
    const other = await session();
    const actor = await actorOf(person.userId);
    const passwords = { currentPassword: person.password, newPassword: 'thimble quarry lagoon 7' };
    const renewed = await changePassword(actor, passwords, request);
    expect(await nextRequest(sessionId)).toBeNull();
    expect(await nextRequest(other)).toBeNull();
    expect((await nextRequest(renewed))?.userId).toBe(person.userId);
  });

  test('a reset password', async () => {
    await resetPassword(admin, person.userId, null);
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('a new grant', async () => {
    await giveRole({ userId: person.userId, role: 'viewer', partnerId: tree.csp });
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('a changed role', async () => {
    await asSystem('seed', (tx) =>
      tx.roleGrant.updateMany({ where: { userId: person.userId }, data: { role: 'viewer' } }),
    );
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('a grant taken away', async () => {
    await giveRole({ userId: person.userId, role: 'viewer', partnerId: tree.csp });
    sessionId = await session();
    await asSystem('seed', (tx) => tx.roleGrant.deleteMany({ where: { userId: person.userId, role: 'viewer' } }));
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('deactivation, and stays refused when the user is enabled again', async () => {
    await disableUser(admin, person.userId);
    expect(await nextRequest(sessionId)).toBeNull();
    await enableUser(admin, person.userId);
    expect(await nextRequest(sessionId)).toBeNull();
    expect(await nextRequest(await session())).not.toBeNull();
  });

  test('a move of the user to another partner', async () => {
    await asSystem('seed', (tx) => tx.user.update({ where: { id: person.userId }, data: { partnerId: tree.pine } }));
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('a partner above was disabled, and stays refused when it is enabled again', async () => {
    const branch = await addTree();
    person = await addPerson({ partnerId: branch.harbor, role: 'operator' });
    sessionId = await session();
    const disabled = (disabledAt: Date | null) =>
      asSystem('seed', (tx) => tx.partner.update({ where: { id: branch.csp }, data: { disabledAt } }));
    await disabled(new Date());
    expect(await nextRequest(sessionId)).toBeNull();
    await disabled(null);
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('its owner ended it from another session, which goes on', async () => {
    const other = await session();
    await nextRequest(other);
    const actor = await currentActor();
    if (actor === null) throw new Error('signed out');
    expect(await revokeOwnSessions(actor, 'others')).toBe(1);
    expect(await nextRequest(sessionId)).toBeNull();
    expect(await nextRequest(other)).not.toBeNull();
  });

  test('twelve hours', async () => {
    await change({ expiresAt: minutesAgo(0.01) });
    expect(await nextRequest(sessionId)).toBeNull();
  });

  test('an hour without use', async () => {
    await change({ lastSeenAt: minutesAgo(59) });
    expect(await nextRequest(sessionId)).not.toBeNull();
    await change({ lastSeenAt: minutesAgo(61) });
    expect(await nextRequest(sessionId)).toBeNull();
  });
});

describe('a session', () => {
  test('is marked as seen at most once a minute', async () => {
    await change({ lastSeenAt: minutesAgo(0.5) });
    const before = (await row()).lastSeenAt;
    await nextRequest(sessionId);
    expect((await row()).lastSeenAt).toEqual(before);
    await change({ lastSeenAt: minutesAgo(2) });
    await nextRequest(sessionId);
    expect(Date.now() - (await row()).lastSeenAt.getTime()).toBeLessThan(60_000);
  });

  test('that is not there, or no cookie at all, is nobody', async () => {
    expect(await nextRequest(uuidv7())).toBeNull();
    jar.clear();
    expect(await currentActor()).toBeNull();
    jar.set(sessionCookie().name, 'not a token');
    expect(await currentActor()).toBeNull();
  });

  test('ends for a user who loses the last grant', async () => {
    await asSystem('seed', (tx) => tx.roleGrant.deleteMany({ where: { userId: person.userId } }));
    expect(await nextRequest(sessionId)).toBeNull();
    expect(await signIn(person, request)).toEqual({ kind: 'refused' });
  });
});
