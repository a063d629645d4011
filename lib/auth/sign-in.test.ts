import { describe, expect, test, vi } from 'vitest';
import { asSystem } from '../db/as-system';
import { testDatabase } from '../testing/database';
import { addPerson, entriesOf, type Person } from '../testing/people';
import { addTree } from '../testing/world';
import { signIn } from './sign-in';
import { accountKey } from './throttle';

const verified = vi.hoisted((): { hashes: string[] } => ({ hashes: [] }));
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  const verify: typeof real.verify = (stored, ...rest) => {
    verified.hashes.push(String(stored));
    return real.verify(stored, ...rest);
  };
  return { ...real, verify };
});

await testDatabase();
const tree = await addTree();

let address = 0;
/** An address nobody has used yet. */
function fresh() {
  address += 1;
  return { address: `192.0.2.${address}`, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
}

async function disable({ userId }: Person): Promise<void> {
  await asSystem('seed', (tx) => tx.user.update({ where: { id: userId }, data: { disabledAt: new Date() } }));
}

describe('signing in', () => {
  test('with the right password starts a session of 12 hours with address and program, and says so in the audit', async () => {
    const person = await addPerson({ partnerId: tree.csp, role: 'operator' });
    const from = fresh();
    const ending = await signIn({ email: ` ${person.email.toUpperCase()} `, password: person.password }, from);
    if (ending.kind !== 'signed-in') throw new Error(ending.kind);
    const session = await asSystem('seed', (tx) => tx.session.findUniqueOrThrow({ where: { id: ending.sessionId } }));
    expect(session).toMatchObject({ userId: person.userId, address: from.address, userAgent: from.userAgent });
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBeLessThanOrEqual(12 * 60 * 60 * 1000 + 1_000);
    expect((await entriesOf('sign-in.succeeded')).at(-1)).toMatchObject({
      partnerId: tree.csp,
      actorId: person.userId,
      subjectId: ending.sessionId,
    });
  });

  test('S23 answers the same to a wrong password, an unknown, a disabled and a rightless account', async () => {
    const known = await addPerson({ partnerId: tree.csp, role: 'operator' });
    const disabled = await addPerson({ partnerId: tree.csp, role: 'operator' });
    await disable(disabled);
    const rightless = await addPerson({ partnerId: tree.csp, role: null });
    const answers = [
      await signIn({ email: known.email, password: 'not the password of anybody' }, fresh()),
      await signIn({ email: 'nobody@people.example', password: 'not the password of anybody' }, fresh()),
      await signIn({ email: disabled.email, password: disabled.password }, fresh()),
      await signIn({ email: rightless.email, password: rightless.password }, fresh()),
      await signIn({ email: known.email, password: `${known.password}\0` }, fresh()),
      await signIn({ email: known.email, password: 'x'.repeat(100_000) }, fresh()),
      await signIn({ email: [known.email], password: { length: 20 } }, fresh()),
      await signIn(undefined, fresh()),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"kind":"refused"}']));
  });

  test('S23 slows known, unknown and disabled accounts alike', async () => {
    const known = await addPerson({ partnerId: tree.csp, role: 'operator' });
    const disabled = await addPerson({ partnerId: tree.csp, role: 'operator' });
    await disable(disabled);
    const course = async (email: string, password: string) => {
      const from = fresh();
      const kinds = [];
      for (let tries = 0; tries < 7; tries += 1) kinds.push((await signIn({ email, password }, from)).kind);
      return kinds.join(' ');
    };
    const courses = [
      await course(known.email, 'not the password of anybody'),
      await course('nobody-else@people.example', 'not the password of anybody'),
      await course(disabled.email, disabled.password),
    ];
    expect(new Set(courses)).toEqual(new Set([`${'refused '.repeat(5)}throttled throttled`]));
  });

  test('S23 hashes once for a known, an unknown and a disabled account, so that each takes as long', async () => {
    const known = await addPerson({ partnerId: tree.csp, role: 'operator' });
    const disabled = await addPerson({ partnerId: tree.csp, role: 'operator' });
    await disable(disabled);
    const hashes = async (email: string) => {
      verified.hashes = [];
      await signIn({ email, password: 'not the password of anybody' }, fresh());
      return verified.hashes.map((hash) => hash.split('$').slice(0, 4).join('$'));
    };
    const one = ['$argon2id$v=19$m=47104,t=1,p=1'];
    expect(await hashes(known.email)).toEqual(one);
    expect(await hashes('nobody-here@people.example')).toEqual(one);
    expect(await hashes(disabled.email)).toEqual(one);
  });

  test('of a partner that is disabled, or below one, is refused', async () => {
    const branch = await addTree();
    const person = await addPerson({ partnerId: branch.harbor, role: 'operator' });
    await asSystem('seed', (tx) => tx.partner.update({ where: { id: branch.csp }, data: { disabledAt: new Date() } }));
    expect(await signIn(person, fresh())).toEqual({ kind: 'refused' });
  });
});

describe('a refused sign-in is recorded', () => {
  test('in the chain of the account, with the address and without the e-mail address', async () => {
    const person = await addPerson({ partnerId: tree.pine, role: 'operator' });
    const from = fresh();
    await signIn({ email: person.email, password: 'not the password of anybody' }, from);
    const entry = (await entriesOf('sign-in.refused')).at(-1);
    expect(entry).toMatchObject({ partnerId: tree.pine, actorId: null, subjectId: person.userId });
    expect(entry?.detail).toEqual({
      reason: 'wrong-password',
      address: from.address,
      account: accountKey(person.email),
    });
  });

  test('in the chain of the host when nobody has that address', async () => {
    await signIn({ email: 'stranger@people.example', password: 'not the password of anybody' }, fresh());
    const entry = (await entriesOf('sign-in.refused')).at(-1);
    expect(entry).toMatchObject({ partnerId: tree.host, subjectId: accountKey('stranger@people.example') });
    expect(JSON.stringify(entry?.detail)).not.toContain('stranger');
  });

  test('once per wait when it was turned away unseen', async () => {
    const person = await addPerson({ partnerId: tree.pine, role: 'operator' });
    const from = fresh();
    for (let tries = 0; tries < 12; tries += 1) await signIn({ email: person.email, password: 'wrong' }, from);
    const subject = (entries: readonly { subjectId: string }[]) =>
      entries.filter((entry) => entry.subjectId === person.userId);
    expect(subject(await entriesOf('sign-in.throttled'))).toHaveLength(1);
    expect(subject(await entriesOf('sign-in.refused'))).toHaveLength(5);
  });
});

test('an owner gets in from a known address while strangers try many passwords', async () => {
  const person = await addPerson({ partnerId: tree.csp, role: 'operator' });
  const home = fresh();
  expect((await signIn(person, home)).kind).toBe('signed-in');
  for (let at = 0; at < 25; at += 1) {
    await signIn({ email: person.email, password: 'guess' }, { ...home, address: `203.0.113.${at}` });
  }
  expect((await signIn(person, { ...home, address: '203.0.113.200' })).kind).toBe('throttled');
  expect((await signIn(person, home)).kind).toBe('signed-in');
});
