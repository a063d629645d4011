import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { chooseDataCentre, expectCount, factBox, openForm } from './steps';

test.describe.configure({ mode: 'parallel' });

/** The shared facts and AvePoint's own part, in a form that is open. */
async function typeAvepoint(page: Page, name: string): Promise<void> {
  await factBox(page, 'Name').fill(name);
  await page.getByRole('combobox', { name: 'Country', exact: true }).first().selectOption('PT');
  await factBox(page, 'First name').fill('Ines');
  await factBox(page, 'Last name').fill('Costa');
  // Its own address: AvePoint knows people by it.
  await factBox(page, 'E-mail').fill(`ines-${randomUUID()}@customer.example`);
  await page.getByRole('checkbox', { name: /^Ridge IT AvePoint sandbox/ }).check();
  await chooseDataCentre(page);
  await page.getByRole('button', { name: 'Generate' }).click();
}

const products = (page: Page): Locator => page.getByRole('combobox', { name: 'Product' });
const licences = (page: Page): Locator => page.getByRole('combobox', { name: 'Trial or enterprise' });

/** Adds a trial of a product that takes nothing else, as the next of the list. */
async function addTrial(page: Page, product: string): Promise<void> {
  const before = await products(page).count();
  await page.getByRole('button', { name: /^Add a service at/ }).click();
  await expect(products(page)).toHaveCount(before + 1);
  await products(page).nth(before).selectOption({ label: product });
  await licences(page).nth(before).selectOption({ label: 'Trial' });
}

async function review(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await expect(page.getByRole('heading', { name: `Plan for ${name}` })).toBeVisible();
}

/** The id of a customer that AvePoint's simulator has by this name. */
async function idThere(name: string): Promise<string> {
  const origin = new URL(environment().simulators.avepoint?.baseUrl ?? '').origin;
  const state: { customers: { id: string; organization: string }[] } = await (
    await fetch(`${origin}/__control/state`)
  ).json();
  return state.customers.find(({ organization }) => organization === name)?.id ?? '';
}

test('a customer and its services in one form, one plan, one record', async ({ pageOf, newName }) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await openForm(page);
  await typeAvepoint(page, name);
  await page.getByRole('button', { name: /^Add a service at/ }).click();
  // Nothing chosen yet: the form says so at the field, and plans nothing.
  await expect(products(page)).toBeVisible();
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await expect(products(page)).toBeFocused();
  await expect(products(page)).toHaveAccessibleDescription(/Choose a product\./);
  await products(page).selectOption({ label: 'Cloud Backup for Microsoft 365' });
  await licences(page).selectOption({ label: 'Trial' });
  await page.getByRole('combobox', { name: 'AvePoint’s storage' }).selectOption({ label: 'Amazon S3' });
  await page.getByRole('textbox', { name: 'Retention' }).fill('1');
  await addTrial(page, 'Cloud Backup for Microsoft 365');
  await expect(page.getByText(/is on the list already/).first()).toBeVisible();
  await products(page).nth(1).selectOption({ label: 'Workspace Management' });
  await expect(page.getByText(/is on the list already/)).toHaveCount(0);
  await expectAccessible(page, 'every rule');
  // What was typed outlives the page.
  await factBox(page, 'Name').focus();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.reload();
  const list = page.getByRole('region', { name: 'Services at Ridge IT AvePoint sandbox' });
  for (const product of ['Cloud Backup for Microsoft 365', 'Workspace Management']) {
    await expect(list.getByRole('button', { name: `Remove: ${product}` })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Generate' }).click();
  await review(page, name);
  const planned = page.getByRole('list', { name: 'Services at Ridge IT AvePoint sandbox' });
  await expect(planned.getByText(/Added as soon as AvePoint Elements has created the customer/)).toHaveCount(2);
  await page.getByRole('button', { name: 'Show what will be sent for Cloud Backup for Microsoft 365' }).click();
  await expect(planned.getByText(/customers\/\{customerId\}\/services/)).toBeVisible();
  await expect(planned.getByRole('region', { name: /body for Ridge IT AvePoint/ })).toContainText('"product": 2048');
  await expectAccessible(page, 'every rule');
  await page.getByRole('button', { name: `Onboard ${name} at 1 vendor with 2 services` }).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '3 succeeded');
  await expectAccessible(page, 'every rule');
  await page.getByRole('link', { name: 'Customer record' }).click();
  const services = page.getByRole('region', { name: 'Services' });
  await expect(services.getByText('Workspace Management')).toBeVisible();
  await expect(services.getByText('Cloud Backup for Microsoft 365')).toBeVisible();
});

test('a refused customer blocks its services and says so; its retry takes them along', async ({ pageOf, newName }) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  await openForm(page);
  await typeAvepoint(page, `${name} sim:refuse`);
  await addTrial(page, 'Workspace Management');
  await addTrial(page, 'Baseline Management');
  await review(page, `${name} sim:refuse`);
  await page.getByRole('button', { name: /^Onboard .* with 2 services$/ }).click();
  await expectCount(page, '3 refused');
  await expect(page.getByText('the customer was refused')).toHaveCount(2);
  // From the service, its way leads to the customer's retry.
  await page.getByRole('link', { name: 'Ridge IT AvePoint sandbox' }).nth(1).click();
  await expect(page.getByText(/so this service was never sent/)).toBeVisible();
  await page.getByRole('link', { name: 'Try the customer again at AvePoint Elements' }).click();
  await expect(page.getByText('refused with the customer before')).toHaveCount(2);
  await factBox(page, 'Name').fill(name);
  await page.getByRole('button', { name: 'Remove: Baseline Management' }).click();
  await expect(page.getByText('refused with the customer before')).toHaveCount(1);
  await page.getByRole('button', { name: 'Generate' }).click();
  await review(page, name);
  await page.getByRole('button', { name: `Onboard ${name} at 1 vendor with 1 service` }).click();
  await expectCount(page, '2 succeeded');
  await expect(page.getByText('1 refused', { exact: true })).toBeVisible();
});

test('an unknown customer makes its services wait until somebody settles it', async ({ pageOf, newName }) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  const name = `${newName()} sim:reset-after`;
  await openForm(page);
  await typeAvepoint(page, name);
  await addTrial(page, 'Workspace Management');
  await review(page, name);
  await page.getByRole('button', { name: `Onboard ${name} at 1 vendor with 1 service` }).click();
  await expectCount(page, '1 unknown');
  await expect(page.getByText('1 waiting', { exact: true })).toBeVisible();
  await expect(page.getByText(/^One service waits for this customer/)).toBeVisible();
  await expectAccessible(page, 'every rule');
  // The list of what waits has it; what needs somebody is the customer alone.
  const record = page.url();
  await page.goto(`/attempts?state=waiting&q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('row', { name: /Waiting.*Workspace Management/ })).toHaveCount(1);
  await page.goto(`/attempts?needs=somebody&q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('row', { name: /Unknown.*Create customer/ })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /Workspace Management/ })).toHaveCount(0);
  await page.goto(record);
  await page.getByRole('button', { name: 'Settle by hand' }).click();
  await page.getByRole('radio', { name: /^Yes/ }).check();
  await page.getByRole('textbox', { name: /id at AvePoint/i }).fill(await idThere(name));
  await page.getByRole('textbox', { name: /How do you know/ }).fill('Compared in the vendor’s portal.');
  await page.getByRole('button', { name: 'Settle as succeeded' }).click();
  await expectCount(page, '2 succeeded');
});
