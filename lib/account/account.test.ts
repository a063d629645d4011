import { describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import { signIn } from '../auth/sign-in';
import { asSystem } from '../db/as-system';
import { Conflict, NotFound } from '../errors';
import { testDatabase } from '../testing/database';
import { addPerson, entriesOf } from '../testing/people';
import { actorOf, addTree } from '../testing/world';
import { changePassword } from './change-password';
import { toDevice } from './device';
import { listOwnSessions } from './list-own-sessions';
import { revokeOwnSessions } from './revoke-own-sessions';
import { setTimeZone } from './set-time-zone';
import { isTimeZone, listTimeZones } from './time-zones';

await testDatabase();
const tree = await addTree();
const request = { address: '192.0.2.1', userAgent: 'test', sameOrigin: true };
const fresh = 'thimble quarry lagoon 7';

async function person() {
  const made = await addPerson({ partnerId: tree.harbor, role: 'operator' });
  return { ...made, actor: await actorOf(made.userId) };
}

/** The sentences of a refusal by field, or its own sentence. */
async function refusal(act: Promise<unknown>) {
  const error = await act.catch((thrown: unknown) => thrown);
  if (!(error instanceof Conflict)) throw new Error('no conflict');
  return error.fields ?? error.message;
}

describe('changing the own password', () => {
  const change = (actor: Actor, currentPassword: string, newPassword: string) =>
    changePassword(actor, { currentPassword, newPassword }, request);

  test('takes the current one, and says which entry is wrong', async () => {
    const { actor, password } = await person();
    expect(await refusal(change(actor, 'not it', fresh))).toHaveProperty('currentPassword');
    expect(await refusal(change(actor, password, password))).toHaveProperty('newPassword');
    expect(await refusal(change(actor, password, 'too short'))).toHaveProperty('newPassword');
    expect(await refusal(change(actor, password, `${actor.name} teapots 44`))).toHaveProperty('newPassword');
    expect((await entriesOf('sign-in.refused')).at(-1)?.detail).toMatchObject({ reason: 'wrong-current-password' });
  });

  test('works at once, with its entry in the audit', async () => {
    const { actor, email, password } = await person();
    await change(actor, password, fresh);
    expect(await signIn({ email, password }, request)).toEqual({ kind: 'refused' });
    expect((await signIn({ email, password: fresh }, request)).kind).toBe('signed-in');
    expect((await entriesOf('password.changed')).at(-1)).toMatchObject({
      actorId: actor.userId,
      partnerId: tree.harbor,
    });
  });

  test('slows who sits at an open session and guesses', async () => {
    const { actor, password } = await person();
    for (let tries = 0; tries < 5; tries += 1) await refusal(change(actor, 'guess', fresh));
    expect(await refusal(change(actor, password, fresh))).toMatch(/Try again in 5 seconds/);
  });
});

describe('the own sessions', () => {
  test('are listed with device and address, without those that ended, and nobody else’s', async () => {
    const one = await person();
    const other = await person();
    const userAgent =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
    await signIn(one, { address: '192.0.2.7', userAgent });
    await signIn(one, request);
    await signIn(other, request);
    await asSystem('seed', (tx) =>
      tx.session.updateMany({ where: { userId: one.userId, userAgent: 'test' }, data: { revokedAt: new Date() } }),
    );
    expect(await listOwnSessions(one.actor)).toMatchObject([
      { device: { browser: 'chrome', system: 'windows' }, address: '192.0.2.7', current: false },
    ]);
  });

  test('end one by one or together, never another person’s', async () => {
    const one = await person();
    const other = await person();
    for (const user of [one, one, one, other]) await signIn(user, request);
    const [first] = await listOwnSessions(one.actor);
    const [foreign] = await listOwnSessions(other.actor);
    await expect(revokeOwnSessions(one.actor, foreign?.id ?? '')).rejects.toThrow(NotFound);
    expect(await revokeOwnSessions(one.actor, first?.id ?? '')).toBe(1);
    await expect(revokeOwnSessions(one.actor, first?.id ?? '')).rejects.toThrow(NotFound);
    expect(await revokeOwnSessions(one.actor, 'others')).toBe(2);
    expect(await revokeOwnSessions(one.actor, 'others')).toBe(0);
    expect(await listOwnSessions(other.actor)).toHaveLength(1);
    expect((await entriesOf('session.revoked')).map((entry) => entry.actorId)).toEqual([one.userId, one.userId]);
  });
});

describe('the own time zone', () => {
  test('is kept and audited', async () => {
    const { actor, userId } = await person();
    await setTimeZone(actor, 'Europe/Lisbon');
    expect((await actorOf(userId)).timeZone).toBe('Europe/Lisbon');
    expect((await entriesOf('user.changed')).at(-1)?.detail).toEqual({
      from: actor.timeZone,
      timeZone: 'Europe/Lisbon',
    });
  });

  test('is one that can be reckoned in, by an older name too', () => {
    for (const zone of ['UTC', 'Europe/Lisbon', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5']) {
      expect(isTimeZone(zone)).toBe(true);
    }
    for (const zone of ['', 'Europe', 'Mars/Olympus', '+02:00', 'Europe/Lisbon\n', '../etc/passwd', 'x'.repeat(500)]) {
      expect(isTimeZone(zone)).toBe(false);
    }
    expect(listTimeZones()[0]).toBe('UTC');
    expect(listTimeZones().every(isTimeZone)).toBe(true);
  });
});

const android = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko)';
test.each([
  [`${android} Chrome/140.0 Mobile Safari/537.36`, 'chrome', 'android'],
  [`${android} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`, 'samsung', 'android'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Safari/605.1',
    'safari',
    'macos',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 CriOS/140.0 Mobile Safari/604.1',
    'chrome',
    'ios',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0', 'edge', 'windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox', 'linux'],
  ['Mozilla/5.0 (X11; CrOS x86_64 16000.0) Chrome/140.0 Safari/537.36', 'chrome', 'chromeos'],
  ['curl/8.5.0', 'other', 'other'],
  ['', 'other', 'other'],
])('%j is read as %s on %s', (userAgent, browser, system) => {
  expect(toDevice(userAgent)).toEqual({ browser, system });
});
