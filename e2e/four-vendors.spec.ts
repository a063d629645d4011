import type { Page } from '@playwright/test';
import { z } from 'zod';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { expectCount, openForm, typeCustomer, typeForFour } from './steps';

test.describe.configure({ mode: 'parallel' });

const rowsSchema = z.array(z.record(z.string(), z.unknown())).optional();
const stateSchema = z.object({ customers: rowsSchema, partners: rowsSchema });

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
  const correlationId = await openForm(page);
  await typeForFour(page, name);
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
    const state = stateSchema.parse(await (await fetch(`${new URL(baseUrl).origin}/__control/state`)).json());
    const there = [...(state.customers ?? []), ...(state.partners ?? [])].filter((one) =>
      Object.values(one).includes(name),
    );
    expect(there, `customers of this name at ${baseUrl}`).toHaveLength(1);
  }
});

test('one is refused and one unknown: each has its next step, and retrying the refused touches nothing else', async ({
  pageOf,
  newName,
}) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  await openForm(page);
  await typeForFour(page, name);
  await nameAt(page, { group: 'Customer and account', label: 'Organization name', name: `${name} sim:refuse` });
  await nameAt(page, { group: 'Company', label: 'Name at Cove', name: `${name} sim:reset-before` });
  await planFour(page, name);
  await page.getByRole('button', { name: `Onboard ${name} at 4 vendors` }).click();
  await expectCount(page, '2 succeeded');
  await expectCount(page, '1 refused');
  await expectCount(page, '1 unknown');
  // Each says what comes next; the one that is shown below has it as a button.
  await page.getByRole('link', { name: 'Check at N-able Cove' }).click();
  await page.getByRole('button', { name: 'Check at N-able Cove' }).click();
  await expect(page.getByText('N-able Cove does not show the customer')).toBeVisible();
  await page.getByRole('link', { name: 'Correct and try again at AvePoint Elements' }).click();
  await page.getByRole('link', { name: 'Correct and try again at AvePoint Elements' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Try ${name} again` })).toBeVisible();
  // The vendor's complaint has opened its group.
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
