import { expect, newSecret, test } from './fixtures';
import { signIn, typeCredentials } from './steps';

test.describe.configure({ mode: 'parallel' });

test('a changed password ends every other session, and the old one opens nothing', async ({
  signedIn,
  newPage,
  newPerson,
  watch,
}) => {
  watch.allow(/status of 401 .*callback\/credentials/);
  const person = await newPerson({ partner: 'ridgeIt', role: 'operator' });
  const [here, there] = [await signedIn(person), await signedIn(person)];
  const password = newSecret();
  await here.goto('/account');
  await here.getByLabel('Current password', { exact: true }).fill(newSecret());
  await here.getByLabel('New password', { exact: true }).fill(password);
  await here.getByLabel('New password, once more').fill(password);
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByLabel('Current password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await here.getByLabel('Current password', { exact: true }).fill(person.password);
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByText('Your password is changed')).toBeVisible();

  await there.goto('/customers');
  await expect(there.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await here.goto('/customers');
  await expect(here.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();

  const later = await newPage();
  await later.goto('/sign-in');
  await typeCredentials(later, person);
  await expect(later.getByText('Wrong e-mail or password')).toBeVisible();
  await signIn(later, { ...person, password });
});

test('a password that is short, common or made of the own name is refused in words', async ({
  signedIn,
  newPerson,
}) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  const page = await signedIn(person);
  await page.goto('/account');
  await page.getByLabel('Current password', { exact: true }).fill(person.password);
  for (const [password, words] of [
    ['short', 'Use at least 15 characters.'],
    ['passwordpassword', /easy to guess/],
    [`${person.email}1`, /easy to guess/],
  ] as const) {
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('New password, once more').fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText(words)).toBeVisible();
  }
});

test('times are shown in the zone that one chooses, with the UTC instant beside', async ({ signedIn, newPerson }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  const page = await signedIn(person);
  await page.goto('/account');
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await zone.click();
  await zone.fill('Tokyo');
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  await page.getByRole('button', { name: 'Save time zone' }).click();
  await expect(page.getByText('Times are now shown in Asia/Tokyo')).toBeVisible();
  const started = page.getByRole('table', { name: 'Your sessions' }).locator('time').first();
  const instant = new Date((await started.getAttribute('datetime')) ?? '');
  await started.hover();
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('Asia/Tokyo');
  await expect(tip).toContainText(instant.toISOString().replace('T', ' ').replace('Z', ''));
  const there = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(instant);
  await expect(tip).toContainText(there);
});

test('another session is ended from the list of sessions', async ({ signedIn, newPerson }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  const [here, there] = [await signedIn(person), await signedIn(person)];
  await here.goto('/account');
  await expect(here.getByText('This session')).toBeVisible();
  await here.getByRole('button', { name: /^End session of / }).click();
  await expect(here.getByText('The session has ended')).toBeVisible();
  await there.goto('/');
  await expect(there.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});
