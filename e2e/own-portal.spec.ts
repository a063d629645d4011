import { expect, test } from './fixtures';
import { type OwnApp, startOwnApp } from './own-app';
import { demoLogins } from './people';
import { checkButton, expectCount, openForm, reviewPlan, signIn, submitButton, typeCustomer } from './steps';

// A portal of their own, one after the other: nobody else makes attempts there, and the last test kills it.
let app: OwnApp;
test.beforeAll(async () => {
  app = await startOwnApp({ timeoutMs: 3_000 });
});
test.afterAll(() => app.stop());
test.slow();

test('the count beside Attempts follows the record that is on the page', async ({ newPage, newName }) => {
  const page = await newPage();
  await signIn(page, demoLogins.cspAdmin, app.url);
  const attempts = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Attempts/ });
  const name = newName('sim:reset-after');
  await openForm(page, `${app.url}/customers/new`);
  await expect(attempts).toHaveAccessibleName('Attempts');
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await expectCount(page, '1 unknown');
  await expect(attempts).toHaveAccessibleName(/1 needs somebody/);
  await checkButton(page).click();
  await expectCount(page, '1 succeeded');
  await expect(attempts).toHaveAccessibleName('Attempts');
});

test('a server killed in the middle of a call leaves an unknown that the vendor settles after the restart', async ({
  newPage,
  newName,
  cockpit,
  watch,
}) => {
  const page = await newPage();
  await signIn(page, demoLogins.cspOperator, app.url);
  const name = newName();
  const correlationId = await openForm(page, `${app.url}/customers/new`);
  await cockpit.strike(correlationId, { ending: 'hang-after', method: 'POST', path: '/v1/customers' });
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expect.poll(() => cockpit.creates({ name }).then((creates) => creates.length)).toBe(1);
  // The page keeps asking a server that is not there, and whatever was on its way breaks off.
  watch.allow(/net::ERR_|status of 50\d/);
  await app.kill();
  await app.restart();
  await page.goto(`${app.url}/onboardings/${correlationId}`);
  await expectCount(page, '1 unknown');
  await checkButton(page).click();
  await expectCount(page, '1 succeeded');
  expect(await cockpit.creates({ name })).toHaveLength(1);
  expect(await cockpit.customers(name)).toHaveLength(1);
});
