import type { Page } from '@playwright/test';
import { expect, newSecret, test } from './fixtures';
import { demoLogins } from './people';
import { openAccountMenu, signIn, typeCredentials } from './steps';

/** The browser's own line about the answer 401, which a wrong password has. */
const statusLine = /status of 401 .*\/api\/auth\/callback\/credentials/;

const overview = (page: Page) => page.getByRole('heading', { level: 1, name: 'Overview' });
const signInPage = (page: Page) => page.getByRole('heading', { level: 1, name: 'Sign in' });

test('the right password opens the overview and names who is signed in', async ({ page }) => {
  await signIn(page, demoLogins.cspOperator);
  await expect(page.getByRole('button', { name: 'Account of Otto Ridge' })).toBeVisible();
});

test('a wrong password, an unknown and a disabled account get the same answer', async ({
  page,
  newPerson,
  database,
  watch,
}) => {
  watch.allow(statusLine);
  const known = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  const disabled = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  await database.query('update app_user set disabled_at = now() where id = $1', [disabled.id]);
  const answers: string[] = [];
  for (const login of [{ ...known, password: newSecret() }, { ...known, email: `nobody.${known.email}` }, disabled]) {
    await page.goto('/sign-in');
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/callback/credentials')),
      typeCredentials(page, login),
    ]);
    await expect(page.getByText('Wrong e-mail or password')).toBeVisible();
    answers.push(`${answer.status()} ${await answer.text()}`);
  }
  expect(new Set(answers).size, answers.join('\n')).toBe(1);
});

test('a form that lacks something says what, and asks nobody', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible();
  await expect(page.getByText('Enter your password.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeFocused();
});

test('a sign-in returns to the page that was asked for', async ({ page }) => {
  await page.goto('/customers?q=zeus&country=PT');
  await expect(signInPage(page)).toBeVisible();
  await typeCredentials(page, demoLogins.cspViewer);
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  expect(new URL(page.url()).search).toBe('?q=zeus&country=PT');
});

test('a sign-in does not lead away from the portal', async ({ page }) => {
  await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/customers')}`);
  await typeCredentials(page, demoLogins.cspViewer);
  await expect(overview(page)).toBeVisible();
  // Somebody who is signed in already is sent on by the server.
  const away = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ];
  for (const next of away) {
    const answer = await page.request.get(`/sign-in?next=${encodeURIComponent(next)}`, { maxRedirects: 0 });
    expect(answer.headers().location, next).toBe('/');
  }
});

test('signing out ends the session itself, not only the cookie', async ({ signedIn, newPerson, newPage }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'operator' });
  const page = await signedIn(person);
  const cookies = await page.context().cookies();
  await openAccountMenu(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(signInPage(page)).toBeVisible();
  expect(
    (await page.context().cookies()).filter(({ name, value }) => name.includes('session') && value !== ''),
  ).toEqual([]);

  const thief = await newPage();
  await thief.context().addCookies(cookies);
  await thief.goto('/customers');
  await expect(signInPage(thief)).toBeVisible();
  expect((await thief.request.get('/api/search?q=zeus')).status()).toBe(401);
});

test('a session that is ended elsewhere is over on the next request', async ({ signedIn, newPerson }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'operator' });
  const [here, there] = [await signedIn(person), await signedIn(person)];
  await here.goto('/account');
  await here.getByRole('button', { name: 'End all other sessions' }).click();
  await expect(here.getByText('One other session has ended')).toBeVisible();
  await there.goto('/customers');
  await expect(signInPage(there)).toBeVisible();
  await expect(there.getByText('Your session has ended')).toBeVisible();
  await here.goto('/customers');
  await expect(here.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
});

test('wrong passwords are slowed down, the wait is shown, and nothing is locked', async ({
  page,
  newPerson,
  watch,
}) => {
  test.slow();
  watch.allow(statusLine);
  const person = await newPerson({ partner: 'ridgeIt', role: 'viewer' });
  await page.goto('/sign-in');
  const wrong = { email: person.email, password: newSecret() };
  const slowed = page.getByText('Too many wrong passwords');
  for (let tries = 0; tries < 6; tries += 1) {
    await typeCredentials(page, wrong);
    await expect(page.getByText('Wrong e-mail or password').or(slowed)).toBeVisible();
    if (await slowed.isVisible()) break;
  }
  await expect(slowed).toBeVisible();
  await expect(page.getByText(/^Try again in 0:\d\d\.$/)).toBeVisible();
  // The right password waits as well: otherwise the wait would tell which one is right.
  await typeCredentials(page, person);
  await expect(slowed).toBeVisible();
  await expect(page.getByText('You can try again now')).toBeVisible({ timeout: 20_000 });
  await typeCredentials(page, person);
  await expect(overview(page)).toBeVisible();
});

test('cookies are out of reach of scripts and of other sites', async ({ page }) => {
  await signIn(page, demoLogins.cspViewer);
  const ours = (await page.context().cookies()).filter(({ name }) => name.includes('quayside.'));
  expect(ours.map(({ name }) => name)).toContain('quayside.session');
  for (const cookie of ours) {
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' });
  }
  expect(await page.evaluate(() => document.cookie)).not.toContain('quayside.session');
});
