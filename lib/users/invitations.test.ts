import net, { type AddressInfo } from 'node:net';
import { createTranslator } from 'next-intl';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import { signIn } from '../auth/sign-in';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { withClient } from '../db/logins';
import { forgetEnv } from '../env';
import { Conflict, Forbidden, NotFound } from '../errors';
import { catalogue } from '../messages/catalogue';
import { testDatabase } from '../testing/database';
import { addPerson, entriesOf } from '../testing/people';
import { actorOf, addActor, addTree } from '../testing/world';
import { acceptInvitation, findInvitation } from './accept-invitation';
import { createUserWithPassword } from './create-with-password';
import { disableUser } from './disable-user';
import { getUserRecord } from './get-user-record';
import { type Invitation, inviteAgain, inviteUser } from './invite-user';
import { resetPassword } from './reset-password';

await testDatabase();
const tree = await addTree();
const words = createTranslator({ locale: 'en', messages: catalogue });
const password = 'thimble quarry lagoon 8';
const address = { address: '192.0.2.1', userAgent: 'test' };

const newcomer = (partnerId: string) => ({
  partnerId,
  name: 'Ines Costa',
  email: `${uuidv7()}@people.example`,
  role: 'operator' as const,
});
const tokenOf = ({ link }: Invitation) => new URL(link ?? '').pathname.split('/').at(-1) ?? '';
const isOpen = async (invitation: Invitation) => (await findInvitation(tokenOf(invitation))) !== null;
const end = (userId: string) =>
  asSystem('seed', (tx) => tx.invitation.updateMany({ where: { userId }, data: { endedAt: new Date() } }));

afterEach(() => {
  delete process.env.SMTP_URL;
  delete process.env.SMTP_FROM;
  forgetEnv();
});

describe('an invitation', () => {
  test('lets a person set the first password once, and sign in with it', async () => {
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const input = newcomer(tree.harbor);
    const made = await inviteUser(admin, input, words);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(71.9 * 3_600_000);
    expect(await findInvitation(tokenOf(made))).toMatchObject({ name: input.name, email: input.email });
    expect(await signIn({ email: input.email, password }, address)).toEqual({ kind: 'refused' });
    expect(await acceptInvitation({ token: tokenOf(made), password: 'password1234567' })).toMatchObject({
      kind: 'unusable',
    });
    expect(await acceptInvitation({ token: tokenOf(made), password })).toEqual({
      kind: 'accepted',
      email: input.email,
    });
    expect((await signIn({ email: input.email, password }, address)).kind).toBe('signed-in');
    expect(await acceptInvitation({ token: tokenOf(made), password: 'other walnut orbit 77' })).toEqual({
      kind: 'gone',
    });
    expect(await isOpen(made)).toBe(false);
    for (const action of ['user.created', 'grant.added', 'invitation.made']) {
      expect((await entriesOf(action)).at(-1)).toMatchObject({
        partnerId: tree.harbor,
        subjectId: made.userId,
        actorId: admin.userId,
      });
    }
    expect((await entriesOf('invitation.accepted')).at(-1)).toMatchObject({ actorId: made.userId });
  });

  test('is accepted by one of two who open it at once', async () => {
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const made = await inviteUser(admin, newcomer(tree.harbor), words);
    const kinds = (
      await Promise.all(
        ['thimble quarry lagoon 8', 'gabled walnut orbit 88'].map((typed) =>
          acceptInvitation({ token: tokenOf(made), password: typed }),
        ),
      )
    ).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['accepted', 'gone']);
  });

  test('that is used, expired, ended, of somebody disabled, or made up ends the same', async () => {
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const invite = () => inviteUser(admin, newcomer(tree.pine), words);
    const [expired, ended, disabled, reset] = [await invite(), await invite(), await invite(), await invite()];
    await end(ended.userId);
    await expire(expired.userId);
    await disableUser(admin, disabled.userId);
    await resetPassword(admin, reset.userId, null);
    const tokens = [expired, ended, disabled, reset].map(tokenOf);
    for (const token of [...tokens, 'a'.repeat(43), 'short', '']) {
      expect(await findInvitation(token)).toBeNull();
      expect(await acceptInvitation({ token, password })).toEqual({ kind: 'gone' });
    }
    for (const raw of [null, {}, { token: 1 }, { token: tokens[0], password, userId: admin.userId }]) {
      expect(await acceptInvitation(raw)).toEqual({ kind: 'gone' });
    }
  });

  test('made again closes the one before; who has a password gets none', async () => {
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const first = await inviteUser(admin, newcomer(tree.harbor), words);
    expect((await getUserRecord(admin, first.userId)).invited?.until).toBe(first.expiresAt);
    const second = await inviteAgain(admin, first.userId, words);
    expect([await isOpen(first), await isOpen(second)]).toEqual([false, true]);
    await acceptInvitation({ token: tokenOf(second), password });
    expect((await getUserRecord(admin, first.userId)).invited).toBeNull();
    await expect(inviteAgain(admin, first.userId, words)).rejects.toThrow(Conflict);
  });

  test('is an admin’s, within the branch, for an address of its own', async () => {
    const admin = await addActor({ partnerId: tree.harbor, role: 'admin' });
    const operator = await addActor({ partnerId: tree.harbor, role: 'operator' });
    const taken = await addPerson({ partnerId: tree.foreign, role: 'viewer' });
    for (const partnerId of [tree.csp, tree.pine, tree.foreign, uuidv7()]) {
      await expect(inviteUser(admin, newcomer(partnerId), words)).rejects.toThrow(NotFound);
      await expect(createUserWithPassword(admin, { ...newcomer(partnerId), password: null })).rejects.toThrow(NotFound);
    }
    await expect(inviteUser(operator, newcomer(tree.harbor), words)).rejects.toThrow(Forbidden);
    const email = taken.email.toUpperCase();
    await expect(inviteUser(admin, { ...newcomer(tree.harbor), email }, words)).rejects.toThrow(/in use already/);
  });

  test('is nowhere in the database but as a hash that no actor reads', async () => {
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const made = await inviteUser(admin, newcomer(tree.harbor), words);
    const rows = await asSystem(
      'seed',
      (tx) => tx.$queryRaw<{ text: string }[]>`select i::text as text from invitation i`,
    );
    expect(rows.map(({ text }) => text).join()).not.toContain(tokenOf(made));
    await expect(asActor(admin, (tx) => tx.$queryRaw`select token_hash from invitation`)).rejects.toThrow(
      /permission denied/,
    );
    const other = await addActor({ partnerId: tree.pine, role: 'admin' });
    expect(await asActor(other, (tx) => tx.invitation.count({ where: { userId: made.userId } }))).toBe(0);
  });
});

/** Lets the link of a user run out, as time does. */
async function expire(userId: string): Promise<void> {
  await withClient(process.env.MIGRATION_DATABASE_URL ?? '', (client) =>
    client.query(`update invitation set expires_at = now() - interval '1 second' where user_id = $1`, [userId]),
  );
}

/** A mail server that takes everything, or refuses every recipient; what it was given. */
async function mailServer(answer: '250 taken' | '550 no such person') {
  const taken: string[] = [];
  const server = net.createServer((socket) => {
    let body = false;
    socket.write('220 ready\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const text of chunk
        .toString()
        .split('\r\n')
        .filter((one) => one !== '')) {
        taken.push(text);
        if (body && text !== '.') continue;
        if (text === 'DATA') {
          body = true;
          socket.write('354 go on\r\n');
        } else if (text.startsWith('RCPT')) socket.write(`${answer}\r\n`);
        else {
          body = false;
          socket.write('250 fine\r\n');
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}?ignoreTLS=true`;
  process.env.SMTP_FROM = 'Quayside <portal@quayside.example>';
  forgetEnv();
  return { taken, stop: () => new Promise((resolve) => server.close(resolve)) };
}

describe('by e-mail', () => {
  test('the link goes to the person alone, and is not shown', async () => {
    const server = await mailServer('250 taken');
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const input = newcomer(tree.harbor);
    const made = await inviteUser(admin, input, words);
    await server.stop();
    expect(made).toMatchObject({ link: null, mailFailed: false });
    const text = server.taken.join('\n').replaceAll('=\n', '');
    expect(text).toContain(`RCPT TO:<${input.email}>`);
    expect(text).toMatch(/\/invite\/[\w-]{43}/);
  });

  test('a server that does not take it leaves the link to whoever invited', async () => {
    const server = await mailServer('550 no such person');
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const made = await inviteUser(admin, newcomer(tree.harbor), words);
    await server.stop();
    expect(made.mailFailed).toBe(true);
    expect(await isOpen(made)).toBe(true);
  });
});

describe('a user with a password', () => {
  test('signs in at once, with the one generated or a good one typed', async () => {
    const admin = await addActor({ partnerId: tree.csp, role: 'admin' });
    const one = newcomer(tree.harbor);
    const made = await createUserWithPassword(admin, { ...one, password: null });
    expect((await signIn({ email: one.email, password: made.password ?? '' }, address)).kind).toBe('signed-in');
    expect((await actorOf(made.userId)).grants).toMatchObject([{ role: 'operator', partnerId: tree.harbor }]);
    const bad = { ...newcomer(tree.harbor), password: 'password1234567' };
    await expect(createUserWithPassword(admin, bad)).rejects.toThrow(Conflict);
    expect(await asSystem('seed', (tx) => tx.user.count({ where: { email: bad.email } }))).toBe(0);
  });
});
