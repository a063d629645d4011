import type { Page } from '@playwright/test';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { expectCount, openForm, typeCustomer } from './steps';

test.describe.configure({ mode: 'parallel' });

/** Opens the form, types the shared facts once, and gives each vendor what it alone needs. */
async function typeForFour(page: Page, name: string): Promise<string> {
  const correlationId = await openForm(page);
  for (const vendor of ['AvePoint', 'Cove', 'CloudLX']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Ridge IT ${vendor} sandbox`) }).check();
  }
  // Its own address: AvePoint and CloudLX know people by it.
  await typeCustomer(page, name, { 'E-mail': `ines-${correlationId}@customer.example` });
  const dataCentre = page.getByRole('combobox', { name: 'Data centre' });
  await dataCentre.fill('north eu');
  await page.getByRole('option', { name: /^North Europe/ }).click();
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('checkbox', { name: /^Default/ }).check();
  return correlationId;
}

async function planFour(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Review plan for 4 vendors' }).click();
  await expect(page.getByRole('heading', { name: `Plan for ${name}` })).toBeVisible();
}

/** Types another name for one vendor, in place of the customer's. */
async function nameAt(
  page: Page,
  { group, label, name }: { group: string; label: string; name: string },
): Promise<void> {
  await page
    .locator('summary')
    .filter({ has: page.getByText(group, { exact: true }) })
    .click();
  await page.getByRole('button', { name: `Change ${label}` }).click();
  await page.getByRole('textbox', { name: label }).fill(name);
}

test('shared facts are typed once, and the customer is there at four vendors under one correlation id', async ({
  pageOf,
  newName,
}) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await typeForFour(page, name);
  await planFour(page, name);
  // What is sent is shown before, and the first password is in none of it.
  const shows = page.getByRole('button', { name: 'Show what will be sent' });
  await expect(shows).toHaveCount(4);
  // Each turns into “Hide …” when it is opened.
  for (let left = 4; left > 0; left -= 1) await shows.first().click();
  await expect(page.getByRole('region', { name: /body for Ridge IT AvePoint/ })).toContainText(
    '"password": "(secret)"',
  );
  await page.getByRole('button', { name: `Onboard ${name} at 4 vendors` }).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '4 succeeded');
  const { simulators } = environment();
  for (const { baseUrl } of Object.values(simulators)) {
    const state = await (await fetch(`${new URL(baseUrl).origin}/__control/state`)).text();
    expect(state.split(name), `customers of this name at ${baseUrl}`).toHaveLength(2);
  }
});

test('one is refused and one unknown: each has its next step, and retrying the refused touches nothing else', async ({
  pageOf,
  newName,
}) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  await typeForFour(page, name);
  await nameAt(page, { group: 'Customer and account', label: 'Organization name', name: `${name} sim:refuse` });
  await nameAt(page, { group: 'Company', label: 'Name at Cove', name: `${name} sim:reset-before` });
  await planFour(page, name);
  await page.getByRole('button', { name: `Onboard ${name} at 4 vendors` }).click();
  await expectCount(page, '2 succeeded');
  await expectCount(page, '1 refused');
  await expectCount(page, '1 unknown');
  await expect(page.getByRole('button', { name: 'Check at N-able Cove' })).toBeVisible();
  await page.getByRole('link', { name: 'Fix and retry' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'New customer' })).toBeVisible();
  await page
    .locator('summary')
    .filter({ hasText: /^Customer and account/ })
    .click();
  await page.getByRole('textbox', { name: 'Organization name' }).fill(name);
  // A first password is never kept: it is asked for again.
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await page.getByRole('button', { name: `Onboard ${name} at 1 vendor` }).click();
  await expectCount(page, '3 succeeded');
  await expectCount(page, '1 unknown');
});

test('a reseller onboards at shared connections inside its own mapping, without an id being typed', async ({
  pageOf,
  newName,
}) => {
  const page = await pageOf('harborOperator');
  const name = newName();
  const correlationId = await openForm(page);
  await page.getByRole('checkbox', { name: /^Ridge IT Cove sandbox/ }).check();
  await typeCustomer(page, name);
  await page.getByRole('checkbox', { name: /^Ridge IT Cloud Cockpit sandbox/ }).uncheck();
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await page.getByRole('button', { name: `Onboard ${name} at 1 vendor` }).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '1 succeeded');
  const cove = environment().simulators.cove?.baseUrl ?? '';
  const state = await (await fetch(`${new URL(cove).origin}/__control/state`)).text();
  expect(state).toContain(`"parentId":50210,"name":"${name}"`);
});
