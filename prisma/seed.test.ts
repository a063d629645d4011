import { expect, test } from 'vitest';
import { passwordMinimum } from '../lib/auth/password-length';
import { signIn } from '../lib/auth/sign-in';
import { asSystem } from '../lib/db/as-system';
import { testDatabase } from '../lib/testing/database';
import { demoLogins, demoPartners, seedDemo } from './seed';

await testDatabase();

test('the demo can be seeded twice, and everybody in its list can sign in', async () => {
  await seedDemo();
  const before = await asSystem('seed', (tx) => tx.user.findMany({ include: { grants: true } }));
  await seedDemo();
  expect(await asSystem('seed', (tx) => tx.user.findMany({ include: { grants: true } }))).toEqual(before);
  expect(before).toHaveLength(demoLogins.length);
  for (const login of demoLogins) {
    expect(login.password.length).toBeGreaterThanOrEqual(passwordMinimum);
    expect((await signIn(login, { address: '127.0.0.1', userAgent: '' })).kind).toBe('signed-in');
  }
});

test('its partners keep their ids and hang below each other', async () => {
  const partners = await asSystem('seed', (tx) =>
    tx.partner.findMany({ include: { parent: true }, orderBy: { id: 'asc' } }),
  );
  expect(partners.map(({ id, key, parent }) => [id, key, parent?.key])).toEqual([
    [demoPartners[0].id, 'northwind', undefined],
    [demoPartners[1].id, 'ridge-it', 'northwind'],
    [demoPartners[2].id, 'harbor-cloud', 'ridge-it'],
    [demoPartners[3].id, 'pine-systems', 'ridge-it'],
  ]);
});
