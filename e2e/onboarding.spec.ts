import { z } from 'zod';
import { expect, test } from './fixtures';
import {
  expectCount,
  factBox,
  goodFacts,
  onboard,
  openForm,
  passPanel,
  reviewPlan,
  submitButton,
  typeCustomer,
} from './steps';

test.describe.configure({ mode: 'parallel' });

const harborAtVendor = '5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a01';

test('a customer typed once is planned, sent once and proven on its record', async ({ pageOf, newName, cockpit }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await openForm(page);
  await typeCustomer(page, name);
  await reviewPlan(page, name);

  await page.getByRole('button', { name: 'Show what will be sent' }).click();
  const sent = page.getByRole('region', { name: /What will be sent$/ });
  await expect(sent).toContainText('POST /v1/Customers');
  const body = await sent.getByRole('region', { name: /as JSON$/ }).textContent();
  expect(JSON.parse(body ?? '')).toEqual({
    companyName: name,
    country: 'PT',
    addressLine1: goodFacts['Address line 1'],
    city: goodFacts.City,
    state: goodFacts['State or region'],
    zip: goodFacts['Postal code'],
    firstName: goodFacts['First name'],
    lastName: goodFacts['Last name'],
    email: goodFacts['E-mail'],
    phone: goodFacts.Phone,
    internalIdentifier: correlationId,
  });
  await expect(page.getByText('Nothing has been sent yet.')).toBeVisible();
  expect(await cockpit.creates({ name })).toEqual([]);

  await submitButton(page, name).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '1 succeeded');
  await expect(page.getByText('Cloud Cockpit has created the customer.')).toBeVisible();

  const creates = await cockpit.creates({ name });
  expect(creates).toHaveLength(1);
  expect(creates[0]).toMatchObject({ correlationId, internalIdentifier: correlationId, applied: true });
  const [customer] = await cockpit.customers(name);
  expect(customer).toMatchObject({ resellerId: null });

  await page.getByRole('button', { name: /^Create POST \/v1\/Customers 201/ }).click();
  const request = page.getByRole('region', { name: /Request$/ });
  await expect(request).toContainText(name);
  await request.getByRole('button', { name: /^Show .*headers/ }).click();
  await expect(request).toContainText(/x-correlation-id/i);
  await expect(request).not.toContainText(/bearer [a-z0-9._-]{12}/i);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /^Copy Id at the vendor/ })
    .click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(customer?.id);
});

test('the record follows a slow vendor live', async ({ pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  await onboard(page, newName('sim:delay-2500'));
  await expect(page.getByText('1 sent, waiting for an answer', { exact: true })).toBeVisible();
  await expectCount(page, '1 succeeded');
});

test('a reseller ends as its own relation at the vendor, without an id being typed', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const page = await pageOf('harborOperator');
  const name = newName();
  await openForm(page);
  await expect(page.getByText('Whose customer is it?')).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: /Ridge IT Cloud Cockpit sandbox/ })).toHaveAccessibleDescription(
    /as Harbor Cloud/,
  );
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await expectCount(page, '1 succeeded');
  expect(await cockpit.customers(name)).toMatchObject([{ resellerId: harborAtVendor }]);
});

test('an operator of the CSP onboards for a reseller below, in that reseller’s relation', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  await openForm(page);
  await factBox(page, 'Name').fill(name);
  await page.getByLabel('Whose customer is it?').selectOption('Harbor Cloud');
  await page.waitForURL(/partner=/);
  await expect(factBox(page, 'Name')).toHaveValue(name);
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await expectCount(page, '1 succeeded');
  expect(await cockpit.customers(name)).toMatchObject([{ resellerId: harborAtVendor }]);
});

test('the rules are said in words while one types, before anything is sent', async ({ pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  await openForm(page);
  await typeCustomer(page, name);
  await expect(passPanel(page)).toContainText('Ready');
  await factBox(page, 'Name').fill('Aaandes');
  await expect(passPanel(page)).toContainText('may not repeat a character three times in a row (“Aaa”)');
  await factBox(page, 'Postal code').fill('');
  await expect(passPanel(page)).toContainText('1 missing');
  await passPanel(page).getByRole('button', { name: 'Postal code' }).click();
  await expect(factBox(page, 'Postal code')).toBeFocused();
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await expect(page.getByRole('heading', { name: /^Plan for/ })).toHaveCount(0);
  await expect(factBox(page, 'Name')).toHaveAttribute('aria-invalid', 'true');
  await factBox(page, 'Name').fill(name);
  await factBox(page, 'Postal code').fill('4050-012');
  await expect(passPanel(page)).toContainText('Ready');
});

test('a change after the plan takes the plan back', async ({ pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  await openForm(page);
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await factBox(page, 'City').fill('Lisboa');
  await expect(page.getByText('This plan is out of date')).toBeVisible();
  await expect(submitButton(page, name)).toHaveCount(0);
});

test('a draft is kept by itself, and taken up after a reload', async ({ pageOf, newName }) => {
  const page = await pageOf('pineOperator');
  const name = newName();
  const correlationId = await openForm(page);
  await factBox(page, 'Name').fill(name);
  await factBox(page, 'City').fill('Kiel');
  await factBox(page, 'City').blur();
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible();
  await page.reload();
  await expect(factBox(page, 'Name')).toHaveValue(name);
  await expect(factBox(page, 'City')).toHaveValue('Kiel');

  await openForm(page);
  await page.getByText(/unfinished drafts? of yours/).click();
  await page.getByRole('link', { name }).click();
  await page.waitForURL(new RegExp(correlationId));
  await expect(factBox(page, 'Name')).toHaveValue(name);
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
});

test('a viewer reads the record and cannot open the form', async ({ pageOf, newName, watch }) => {
  watch.allow(/status of 404 .*\/customers\/new/);
  const operator = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await onboard(operator, name);
  await expectCount(operator, '1 succeeded');

  const viewer = await pageOf('cspViewer');
  await viewer.goto(`/onboardings/${correlationId}`);
  await expect(viewer.getByRole('heading', { level: 1, name })).toBeVisible();
  await expectCount(viewer, '1 succeeded');
  await expect(viewer.getByRole('link', { name: 'Add a vendor' })).toHaveCount(0);
  await viewer.goto('/customers');
  await expect(viewer.getByRole('link', { name: 'Onboard a customer' })).toHaveCount(0);
  const answer = await viewer.goto('/customers/new');
  expect(answer?.status()).toBe(404);
  await expect(viewer.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('the download holds the whole record, and no secret', async ({ pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await onboard(page, name);
  await expectCount(page, '1 succeeded');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  const answer = await page.request.get(download.url());
  const record = z
    .object({ correlationId: z.string() })
    .loose()
    .parse(await answer.json());
  expect(record.correlationId).toBe(correlationId);
  expect(JSON.stringify(record)).toContain(name);
  expect(JSON.stringify(record)).not.toContain('demo-secret-cloud-cockpit');
});
