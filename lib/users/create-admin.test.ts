import { expect, test } from 'vitest';
import { signIn } from '../auth/sign-in';
import { asSystem } from '../db/as-system';
import { Conflict } from '../errors';
import { testDatabase } from '../testing/database';
import { entriesOf } from '../testing/people';
import { createAdmin } from './create-admin';

await testDatabase();

const admin = { email: 'nora@host.example', name: 'Nora Winter', password: 'thimble quarry lagoon 9' };
const counts = () =>
  asSystem('seed', async (tx) => ({ users: await tx.user.count(), partners: await tx.partner.count() }));

test('what cannot be used is refused in a sentence and leaves nothing behind', async () => {
  const refusals: [Partial<typeof admin> & { partnerName?: string }, RegExp][] = [
    [{}, /There is no partner yet/],
    [{ partnerName: ' ' }, /name of the partner is missing/],
    [{ partnerName: 'Northwind', email: 'nora' }, /not one/],
    [{ partnerName: 'Northwind', name: '' }, /name is missing/],
    [{ partnerName: 'Northwind', password: 'short' }, /at least 15/],
    [{ partnerName: 'Northwind', password: 'password1234567' }, /easy to guess/],
    [{ partnerName: 'Northwind', password: 'northwind teapot 44' }, /easy to guess/],
  ];
  for (const [given, sentence] of refusals) {
    await expect(createAdmin({ ...admin, ...given })).rejects.toThrow(sentence);
    await expect(createAdmin({ ...admin, ...given })).rejects.toThrow(Conflict);
  }
  expect(await counts()).toEqual({ users: 0, partners: 0 });
});

test('the first admin gets a host partner, can sign in, and stands in the audit', async () => {
  expect((await createAdmin({ ...admin, partnerName: 'Northwind' })).partnerName).toBe('Northwind');
  expect((await signIn(admin, { address: '192.0.2.1', userAgent: '' })).kind).toBe('signed-in');
  for (const action of ['partner.created', 'user.created', 'grant.added'])
    expect(await entriesOf(action)).toHaveLength(1);
});

test('a second one joins the host that is there; the same e-mail address in any case is refused', async () => {
  const second = { ...admin, email: 'second@host.example', password: 'pamphlet vestibule 64' };
  expect((await createAdmin({ ...second, partnerName: 'Another name' })).partnerName).toBe('Northwind');
  await expect(createAdmin({ ...admin, email: 'NORA@host.example' })).rejects.toThrow(/already/);
  expect(await counts()).toEqual({ users: 2, partners: 1 });
});
