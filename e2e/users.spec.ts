import { expect, newSecret, test } from './fixtures';
import { signIn, typeCredentials } from './steps';

test.describe.configure({ mode: 'parallel' });

test('a user whom an admin disables is out on the next request, and in again when enabled', async ({
  pageOf,
  signedIn,
  newPage,
  newPerson,
  watch,
}) => {
  watch.allow(/status of 401 .*callback\/credentials/);
  const person = await newPerson({ partner: 'harborCloud', role: 'operator' });
  const theirs = await signedIn(person);
  const admin = await pageOf('cspAdmin');
  await admin.goto('/users');
  await admin.getByRole('searchbox', { name: 'Name or e-mail' }).fill(person.name);
  await admin.getByRole('link', { name: person.name }).click();
  await admin.getByRole('button', { name: `Disable ${person.name}` }).click();
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: `Disable ${person.name}` })
    .click();
  await expect(admin.getByText(`${person.name} is disabled`)).toBeVisible();

  await theirs.goto('/customers');
  await expect(theirs.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  const again = await newPage();
  await again.goto('/sign-in');
  await typeCredentials(again, person);
  await expect(again.getByText('Wrong e-mail or password')).toBeVisible();

  await admin.getByRole('button', { name: `Enable ${person.name}` }).click();
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: `Enable ${person.name}` })
    .click();
  await expect(admin.getByText(`${person.name} is enabled`)).toBeVisible();
  await signIn(again, person);
});

test('a reset password is shown once, ends the sessions, and is the one that opens', async ({
  pageOf,
  signedIn,
  newPage,
  newPerson,
  watch,
}) => {
  watch.allow(/status of 401 .*callback\/credentials/);
  const person = await newPerson({ partner: 'pineSystems', role: 'operator' });
  const theirs = await signedIn(person);
  const admin = await pageOf('cspAdmin');
  await admin.goto(`/users/${person.id}`);
  await admin.getByRole('button', { name: 'Reset password' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Reset password' }).click();
  const password = (await dialog.getByRole('code').textContent()) ?? '';
  expect(password).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){4}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await admin.reload();
  expect(await admin.content()).not.toContain(password);

  await theirs.goto('/customers');
  await expect(theirs.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  const again = await newPage();
  await again.goto('/sign-in');
  await typeCredentials(again, person);
  await expect(again.getByText('Wrong e-mail or password')).toBeVisible();
  await signIn(again, { email: person.email, password });
});

test('a password typed by an admin is judged like any other', async ({ pageOf, newPage, newPerson }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  const admin = await pageOf('cspAdmin');
  await admin.goto(`/users/${person.id}`);
  await admin.getByRole('button', { name: 'Reset password' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('radio', { name: /Type one/ }).check();
  await dialog.getByLabel('New password', { exact: true }).fill('passwordpassword');
  await dialog.getByRole('button', { name: 'Reset password' }).click();
  await expect(dialog.getByText(/easy to guess/)).toBeVisible();
  const password = newSecret();
  await dialog.getByLabel('New password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Reset password' }).click();
  await expect(admin.getByText(`The password of ${person.name} is reset`)).toBeVisible();
  await signIn(await newPage(), { email: person.email, password });
});

test('nobody disables themselves, and who manages no users finds no such page', async ({ pageOf, database, watch }) => {
  watch.allow(/status of 404 .*\/users/);
  const { rows } = await database.query('select id from app_user where email = $1', ['admin@ridge-it.example']);
  const admin = await pageOf('cspAdmin');
  await admin.goto(`/users/${String(rows[0]?.id)}`);
  await expect(admin.getByText('This is you')).toBeVisible();
  await expect(admin.getByRole('button', { name: /^Disable/ })).toHaveCount(0);
  const operator = await pageOf('cspOperator');
  const answer = await operator.goto('/users');
  expect(answer?.status()).toBe(404);
  await expect(operator.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' })).toHaveCount(0);
});
