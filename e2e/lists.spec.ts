import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { demoLogins } from './people';
import { checkButton, expectCount, onboard, openForm, openPalette } from './steps';

test.describe.configure({ mode: 'parallel' });

const search = (page: Page, label: string) => page.getByRole('searchbox', { name: label });
const query = (page: Page) => new URL(page.url()).searchParams;

async function addFilter(page: Page, filter: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('button', { name: filter, exact: true }).click();
  await page.getByLabel(value, { exact: true }).check();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
}

test('filters of the attempts live in the address, and each can be taken off', async ({ pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  const [good, bad] = [newName(), newName('sim:refuse')];
  await onboard(page, good);
  await expectCount(page, '1 succeeded');
  await onboard(page, bad);
  await expectCount(page, '1 refused');

  await page.goto('/attempts');
  await addFilter(page, 'Outcome', 'Refused');
  await page.waitForURL(/state=refused/);
  await expect(page.getByRole('link', { name: bad })).toBeVisible();
  await expect(page.getByRole('link', { name: good })).toHaveCount(0);
  await addFilter(page, 'Vendor', 'Cloud Cockpit');
  await page.waitForURL(/vendor=cloud-cockpit/);

  // A colleague who gets the link sees the same.
  const colleague = await pageOf('cspViewer');
  await colleague.goto(page.url());
  await expect(colleague.getByRole('link', { name: bad })).toBeVisible();
  await expect(colleague.getByRole('link', { name: good })).toHaveCount(0);

  await page.getByRole('button', { name: 'Remove filter Outcome: Refused' }).click();
  await page.waitForURL((url) => !url.searchParams.has('state'));
  await expect(page.getByRole('link', { name: good })).toBeVisible();
  await page.goBack();
  await page.waitForURL(/state=refused/);
  await expect(page.getByRole('link', { name: good })).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect.poll(() => [...query(page).keys()]).toEqual([]);
});

test('an attempt is found by its name and by every id that it has', async ({ pageOf, newName, cockpit }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await onboard(page, name);
  await expectCount(page, '1 succeeded');
  const [atVendor] = await cockpit.customers(name);
  const attemptId = await page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('link', { name: 'Ridge IT Cloud Cockpit sandbox' })
    .getAttribute('href');
  const ids = [name, correlationId, atVendor?.id ?? '', attemptId?.replace('?attempt=', '') ?? ''];
  await page.goto('/attempts');
  for (const id of ids) {
    await search(page, 'Search attempts').fill(id);
    await search(page, 'Search attempts').press('Enter');
    await expect.poll(() => query(page).get('q')).toBe(id);
    await expect(page.getByRole('table').getByRole('link', { name })).toHaveCount(1);
  }

  // The palette opens the page of an id at once.
  for (const id of ids.slice(1)) {
    await (await openPalette(page)).fill(id);
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click();
    await page.waitForURL(/\/(onboardings|customers)\//);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await page.goto('/attempts');
  }
});

test('the export holds what the filters show, and is safe in a spreadsheet', async ({ pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  const name = `=${newName()}`;
  await onboard(page, name);
  await expectCount(page, '1 succeeded');
  await page.goto(`/attempts?q=${encodeURIComponent(name)}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const answer = await page.request.get(download.url());
  expect(answer.headers()['content-type']).toContain('text/csv');
  const lines = (await answer.text()).replace('\uFEFF', '').trim().split('\r\n');
  expect(lines[0]).toMatch(/^"?Outcome"?,/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('Succeeded');
  // No cell begins with what a spreadsheet would carry out.
  expect(lines[1]).toContain(name);
  expect(lines[1]).not.toMatch(/(^|,)"?=/);
});

test('facts of a customer are edited, and a save over somebody else’s shows both', async ({ pageOf, newName }) => {
  const [first, second] = [await pageOf('cspOperator'), await pageOf('cspAdmin')];
  const name = newName();
  await onboard(first, name);
  await expectCount(first, '1 succeeded');
  await first.goto('/customers');
  await search(first, 'Search customers').fill(name);
  await first.getByRole('table').getByRole('link', { name }).click();
  await expect(first.getByRole('heading', { level: 1, name })).toBeVisible();
  await second.goto(first.url());

  for (const page of [first, second]) await page.getByRole('button', { name: 'Edit facts' }).click();
  await first.getByRole('textbox', { name: 'City' }).fill('Braga');
  await first.getByRole('button', { name: 'Save the facts' }).click();
  await expect(first.getByText(`Facts of ${name} saved`)).toBeVisible();
  await expect(first.getByText('Braga')).toBeVisible();

  await second.getByRole('textbox', { name: 'City' }).fill('Faro');
  await second.getByRole('button', { name: 'Save the facts' }).click();
  await expect(second.getByText('Somebody saved these facts in the meantime')).toBeVisible();
  const row = second.getByRole('row', { name: /City/ });
  await expect(row.getByRole('cell', { name: 'Faro' })).toBeVisible();
  await expect(row.getByRole('cell', { name: 'Braga' })).toBeVisible();
  await second.getByRole('button', { name: 'Save mine over theirs' }).click();
  await expect(second.getByText(`Facts of ${name} saved`)).toBeVisible();
  await first.reload();
  await expect(first.getByText('Faro')).toBeVisible();
});

test('the audit shows sign-ins and the onboarding, and its chains hold', async ({ signedIn, newPerson, newName }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'operator' });
  const page = await signedIn(person);
  const correlationId = await onboard(page, newName());
  await expectCount(page, '1 succeeded');
  await page.goto(`/audit?q=${correlationId}`);
  const table = page.getByRole('table', { name: /Audit entries/ });
  await expect(table).toContainText(`${person.name} opened an attempt to create`);
  await expect(table).toContainText(/The attempt of .* ended: succeeded/);
  await page.goto('/audit');
  await search(page, 'Search the audit').fill(person.name);
  await expect(table).toContainText(`${person.name} signed in`);
  await page
    .getByRole('link', { name: 'Verify the chains' })
    .or(page.getByRole('button', { name: 'Verify the chains' }))
    .click();
  await expect(page.getByText('The chains hold')).toBeVisible();
});

test('the overview names what needs somebody, with the next step as a button', async ({
  pageOf,
  newName,
  database,
}) => {
  const page = await pageOf('cspOperator');
  const name = newName('sim:reset-before');
  const correlationId = await onboard(page, name);
  await expectCount(page, '1 unknown');
  // Oldest first: make this one the oldest, whatever the other tests have left.
  await database.query('begin; set local session_replication_role = replica; commit;');
  await page.goto('/attempts?needs=somebody');
  await expect(page.getByRole('link', { name })).toBeVisible();
  await page.goto('/');
  const needing = page.getByRole('region', { name: 'Needs somebody' });
  await expect(needing.getByRole('link', { name: /Check at Cloud Cockpit/ }).first()).toBeVisible();
  await needing
    .getByRole('link', { name: /Check at Cloud Cockpit/ })
    .first()
    .click();
  await expect(checkButton(page)).toBeVisible();
  await page.goto('/');
  await expect(page.getByText(/onboardings? today:/)).toBeVisible();
  await page.getByRole('link', { name: 'All onboardings' }).click();
  await page.goto(`/onboardings?q=${correlationId}`);
  await expect(page.getByRole('table').getByRole('link', { name })).toBeVisible();
});

test('nobody sees the branch beside their own in any list, search or export', async ({ pageOf, newName }) => {
  const harbor = await pageOf('harborOperator');
  const name = newName();
  await openForm(harbor);
  const correlationId = await onboard(harbor, name);
  await expectCount(harbor, '1 succeeded');
  const pine = await pageOf('pineOperator');
  for (const address of ['/customers', '/onboardings', '/attempts', '/audit', '/search']) {
    for (const term of [name, correlationId]) {
      await pine.goto(`${address}?q=${encodeURIComponent(term)}`);
      await expect(pine.getByRole('main')).toBeVisible();
      await expect(pine.getByRole('main').getByRole('link', { name }), address).toHaveCount(0);
    }
  }
  for (const list of ['customers', 'attempts', 'audit']) {
    const file = await (await pine.request.get(`/api/${list}/export`)).text();
    expect(file, list).not.toContain(name);
    expect(file, list).not.toContain(correlationId);
  }
  expect(await (await pine.request.get(`/api/search?q=${encodeURIComponent(name)}`)).json()).toMatchObject({
    results: [],
  });
  // The one above sees it.
  const above = await pageOf('cspOperator');
  await above.goto(`/customers?q=${encodeURIComponent(name)}`);
  await expect(above.getByRole('table').getByRole('link', { name })).toBeVisible();
  expect(demoLogins.pineOperator.email).not.toBe('');
});
