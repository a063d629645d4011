import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type pg from 'pg';
import { expectAccessible } from './accessible';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { demoPartners } from './people';
import { expectCount } from './steps';

test.describe.configure({ mode: 'parallel' });

/** A customer of Ridge IT that is aboard at AvePoint as one of the simulator's own customers. */
async function customerAboard(pool: pg.Pool, given: { name: string; number: number }) {
  const { rows } = await pool.query(`select id from connection where key = 'ridge-it-avepoint'`);
  const connectionId = String(rows[0].id);
  const customerId = randomUUID();
  const vendorId = `3c7a52d4-91be-4f60-8d2e-${String(given.number).padStart(12, '0')}`;
  await pool.query(`insert into customer (id, partner_id, name, country) values ($1, $2, $3, 'PT')`, [
    customerId,
    demoPartners.ridgeIt,
    given.name,
  ]);
  // Another try of the same test finds the vendor's customer taken: what is aboard moves to this one's.
  await pool.query(`delete from vendor_account where connection_id = $1 and vendor_id = $2`, [connectionId, vendorId]);
  await pool.query(
    `insert into vendor_account (id, customer_id, partner_id, connection_id, vendor, vendor_id, origin, correlation_id)
     values ($1, $2, $3, $4, 'avepoint', $5, 'adopted', $6)`,
    [randomUUID(), customerId, demoPartners.ridgeIt, connectionId, vendorId, randomUUID()],
  );
  return { customerId, connectionId, vendorId };
}

/** Makes AvePoint answer the next added service of one customer badly. */
async function strike(vendorId: string, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const origin = new URL(environment().simulators.avepoint?.baseUrl ?? '').origin;
  const answer = await fetch(`${origin}/__control/faults`, {
    method: 'POST',
    body: JSON.stringify({ ...fault, path: `/customers/${vendorId}/services` }),
  });
  expect(answer.ok).toBe(true);
}

/** From the customer's page to the form. */
async function openForm(page: Page, { customerId, name }: { customerId: string; name: string }): Promise<void> {
  await page.goto(`/customers/${customerId}`);
  await page.getByRole('link', { name: 'Add a service' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Add a service to ${name}` })).toBeVisible();
}

async function typePooled(page: Page, seats: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Product' }).selectOption({ label: 'Workspace Management' });
  await page.getByRole('combobox', { name: 'Trial or enterprise' }).selectOption({ label: 'Enterprise' });
  await page.getByRole('textbox', { name: 'Seats' }).fill(seats);
  await page.getByRole('combobox', { name: 'Licence from' }).selectOption({ label: 'Your AvePoint pool' });
  await page.getByRole('switch', { name: 'Expires with the pool' }).click();
  await page.getByRole('combobox', { name: 'Payment' }).selectOption({ label: 'Prepaid' });
}

test('a service is added from the customer’s page: rules while typing, plan, record, list with its age', async ({
  pageOf,
  newName,
  database,
}) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  const customer = await customerAboard(database, { name, number: 2 });
  await openForm(page, { ...customer, name });
  // Nothing chosen: the form says so at the field, and nothing is planned.
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByText('Choose a product.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Product' })).toBeFocused();
  await page.getByRole('combobox', { name: 'Product' }).selectOption({ label: 'Cloud Backup for Microsoft 365' });
  await page.getByRole('combobox', { name: 'Trial or enterprise' }).selectOption({ label: 'Trial' });
  await page.getByRole('combobox', { name: 'AvePoint’s storage' }).selectOption({ label: 'Amazon S3' });
  await page.getByRole('textbox', { name: 'Retention' }).fill('1');
  await page.getByRole('switch', { name: 'The customer’s own storage' }).click();
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByText(/exactly one of the two/).first()).toBeVisible();
  await page.getByRole('switch', { name: 'The customer’s own storage' }).click();
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByRole('heading', { name: `Plan for ${name}` })).toBeVisible();
  await expect(page.getByRole('region', { name: /body for Ridge IT AvePoint/ })).toContainText('"product": 2048');
  await expectAccessible(page, 'every rule');
  await page
    .getByRole('button', { name: `Add Cloud Backup for Microsoft 365 to ${name} at AvePoint Elements` })
    .click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  await expectCount(page, '1 succeeded');
  await expect(page.getByText('AvePoint Elements has added the service.')).toBeVisible();
  // The customer has it at once; a reading at the vendor shows what it is.
  await page.goto(`/customers/${customer.customerId}`);
  const list = page.getByRole('region', { name: 'Services' });
  await expect(list.getByText(/added here, not shown by the vendor yet/)).toBeVisible();
  await page.getByRole('button', { name: /^Refresh the services at/ }).click();
  await expect(list.getByText('Trial · Amazon S3 · kept 1 years')).toBeVisible();
  await expectAccessible(page, 'every rule');
  // The same again is caught in the plan.
  await openForm(page, { ...customer, name });
  await page.getByRole('combobox', { name: 'Product' }).selectOption({ label: 'Cloud Backup for Microsoft 365' });
  await page.getByRole('combobox', { name: 'Trial or enterprise' }).selectOption({ label: 'Trial' });
  await expect(page.getByText(/We know that the customer has Cloud Backup for Microsoft 365 already/)).toBeVisible();
  await page.getByRole('combobox', { name: 'AvePoint’s storage' }).selectOption({ label: 'Amazon S3' });
  await page.getByRole('textbox', { name: 'Retention' }).fill('1');
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByText('This plan sends nothing.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send it all the same' })).toBeVisible();
});

test('a refusal says what to do, keeps what was typed, and is tried again', async ({ pageOf, newName, database }) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  const customer = await customerAboard(database, { name, number: 3 });
  await strike(customer.vendorId, { ending: 'status', code: 4 });
  await openForm(page, { ...customer, name });
  await typePooled(page, '500');
  await page.getByRole('button', { name: 'Review plan' }).click();
  await page.getByRole('button', { name: `Add Workspace Management to ${name} at AvePoint Elements` }).click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  await expectCount(page, '1 refused');
  await expect(page.getByText(/Status 4: your pool at AvePoint has not enough seats/)).toBeVisible();
  await page.getByRole('link', { name: 'Correct and try again at AvePoint Elements' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Try a service for ${name} again` })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Seats' })).toHaveValue('500');
  // What the vendor spoke of is one click away.
  await page.getByRole('button', { name: 'Seats' }).click();
  await expect(page.getByRole('textbox', { name: 'Seats' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Seats' }).fill('50');
  await page.getByRole('button', { name: 'Review plan' }).click();
  await page.getByRole('button', { name: `Add Workspace Management to ${name} at AvePoint Elements` }).click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  await expectCount(page, '1 succeeded');
});

test('an unknown outcome is looked up for a person, who settles it', async ({ pageOf, newName, database }) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  const name = newName();
  const customer = await customerAboard(database, { name, number: 4 });
  await strike(customer.vendorId, { ending: 'error-after' });
  await openForm(page, { ...customer, name });
  await typePooled(page, '10');
  await page.getByRole('button', { name: 'Review plan' }).click();
  await page.getByRole('button', { name: `Add Workspace Management to ${name} at AvePoint Elements` }).click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  await expectCount(page, '1 unknown');
  await page.getByRole('button', { name: 'Check at AvePoint Elements' }).click();
  await expect(page.getByText('AvePoint Elements shows Workspace Management for this customer')).toBeVisible();
  await expect(page.getByText('1 unknown', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Settle by hand' }).click();
  await page.getByRole('radio', { name: /^Yes, it was added/ }).check();
  await page.getByRole('textbox', { name: /How do you know/ }).fill('Compared in the vendor’s portal.');
  await page.getByRole('button', { name: 'Settle as succeeded' }).click();
  await expectCount(page, '1 succeeded');
});

test('an operator loses the role while in the form: refused, and what was typed stays', async ({
  signedIn,
  newPerson,
  newName,
  database,
  watch,
}) => {
  watch.allow(/status of 40[34]/);
  const person = await newPerson({ partner: 'ridgeIt', role: 'operator' });
  const page = await signedIn(person);
  const name = newName();
  await openForm(page, { ...(await customerAboard(database, { name, number: 98 })), name });
  await typePooled(page, '25');
  await page.getByRole('button', { name: 'Review plan' }).click();
  const submit = page.getByRole('button', { name: `Add Workspace Management to ${name} at AvePoint Elements` });
  await expect(submit).toBeVisible();
  await database.query(`update role_grant set role = 'viewer' where user_id = $1`, [person.id]);
  await submit.click();
  // A role that changes ends the sessions it was used in.
  await expect(page.getByText('You are signed out')).toBeVisible();
  await expect(page).toHaveURL(/services\/new/);
  await expect(page.getByRole('textbox', { name: 'Seats' })).toHaveValue('25');
});

test('a viewer sees the services, and can neither add nor refresh', async ({ pageOf, newName, database, watch }) => {
  watch.allow(/status of 404/);
  const page = await pageOf('cspViewer');
  const name = newName();
  const { customerId, connectionId } = await customerAboard(database, { name, number: 1 });
  await page.goto(`/customers/${customerId}`);
  await expect(page.getByRole('region', { name: 'Services' })).toContainText('Not read at the vendor yet.');
  await expect(page.getByRole('link', { name: 'Add a service' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Refresh/ })).toHaveCount(0);
  const answer = await page.goto(`/customers/${customerId}/services/new?connection=${connectionId}`);
  expect(answer?.status()).toBe(404);
});
