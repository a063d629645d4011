import type { Page, Request } from '@playwright/test';
import { expect, test } from './fixtures';
import { expectCount, factBox, openForm, reviewPlan, submitButton, typeCustomer } from './steps';

test.describe.configure({ mode: 'parallel' });

/** The post of a server action from the form's page. */
const isAction = (request: Request) => request.method() === 'POST' && request.headers()['next-action'] !== undefined;

async function planned(page: Page, name: string): Promise<string> {
  const correlationId = await openForm(page);
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  return correlationId;
}

test('a double click creates one customer', async ({ pageOf, newName, cockpit }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  await planned(page, name);
  await submitButton(page, name).dblclick();
  await expectCount(page, '1 succeeded');
  expect(await cockpit.creates({ name })).toHaveLength(1);
});

test('two tabs with the same draft create one customer and end on one record', async ({ pageOf, newName, cockpit }) => {
  const first = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await openForm(first);
  await typeCustomer(first, name);
  await factBox(first, 'Phone').blur();
  await expect(first.getByText(/^Draft saved/)).toBeVisible();
  const second = await first.context().newPage();
  await second.goto(`/customers/new?draft=${correlationId}`);
  await expect(factBox(second, 'Phone')).toHaveValue('+351 222 000 111');
  await second.getByRole('checkbox', { name: /^Ridge IT Cloud Cockpit sandbox/ }).check();
  await expect(second.getByText('Company and contact')).toBeVisible();
  for (const page of [first, second]) await reviewPlan(page, name);
  await Promise.all([first, second].map((page) => submitButton(page, name).click()));
  for (const page of [first, second]) {
    await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
    await expectCount(page, '1 succeeded');
  }
  expect(await cockpit.creates({ name })).toHaveLength(1);
});

test('going back and submitting again creates nothing more', async ({ pageOf, newName, cockpit }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await planned(page, name);
  await submitButton(page, name).click();
  await expectCount(page, '1 succeeded');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'New customer' })).toBeVisible();
  await expect(page.getByText('This form was submitted already')).toBeVisible();
  await page.getByRole('link', { name: 'Open the record' }).first().click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  expect(await cockpit.creates({ name })).toHaveLength(1);
});

test('a reload while the call is open sends nothing more', async ({ pageOf, newName, cockpit }) => {
  const page = await pageOf('cspOperator');
  const name = newName('sim:delay-2500');
  const correlationId = await planned(page, name);
  await submitButton(page, name).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await page.reload();
  await page.reload();
  await expectCount(page, '1 succeeded');
  expect(await cockpit.creates({ name })).toHaveLength(1);
});

test('when our own answer is lost, submitting again finds the same onboarding', async ({
  pageOf,
  newName,
  cockpit,
  watch,
}) => {
  watch.allow(/ERR_FAILED/);
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await planned(page, name);
  let lost = 0;
  await page.route('**/customers/new*', async (route) => {
    if (!isAction(route.request()) || lost > 0) return route.continue();
    lost += 1;
    // The server carries it out; the browser never hears of it.
    await route.fetch();
    return route.abort();
  });
  await submitButton(page, name).click();
  await expect(page.getByText('The portal’s answer was lost')).toBeVisible();
  expect(lost).toBe(1);
  await page.getByRole('button', { name: 'Submit again' }).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '1 succeeded');
  expect(await cockpit.creates({ name })).toHaveLength(1);
});

test('R6: fifty submits of one id at once make one call and get the same answer', async ({
  pageOf,
  newName,
  cockpit,
  watch,
}) => {
  watch.allow(/ERR_FAILED/);
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await planned(page, name);
  const held: Request[] = [];
  await page.route('**/customers/new*', (route) => {
    if (!isAction(route.request())) return route.continue();
    held.push(route.request());
    return route.abort();
  });
  await submitButton(page, name).click();
  await expect(page.getByText('The portal’s answer was lost')).toBeVisible();
  const [submit] = held;
  if (submit === undefined) throw new Error('The submit was not seen.');
  expect(await cockpit.creates({ name })).toEqual([]);

  const headers = await submit.allHeaders();
  const data = submit.postDataBuffer() ?? Buffer.alloc(0);
  const plain = Object.fromEntries(
    Object.entries(headers).filter(([header]) => !header.startsWith(':') && header !== 'content-length'),
  );
  const post = (body: Buffer) => page.request.post(submit.url(), { headers: plain, data: body });
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(data)));
  expect(new Set(answers.map((answer) => answer.status()))).toEqual(new Set([200]));
  const opened = await Promise.all(
    answers.map(async (answer) => /"ok":.*correlationId":"([0-9a-f-]{36})"/.exec(await answer.text())?.[1]),
  );
  expect(new Set(opened)).toEqual(new Set([correlationId]));

  // The same id with another payload is refused.
  const other = await post(Buffer.from(data.toString('utf8').replace('Rua do Cais 12', 'Rua do Cais 13')));
  expect(await other.text()).not.toContain('"opened"');

  await page.goto(`/onboardings/${correlationId}`);
  await expectCount(page, '1 succeeded');
  expect(await cockpit.creates({ name })).toHaveLength(1);
});
