import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type pg from 'pg';
import { expectAccessible } from './accessible';
import { expect, test } from './fixtures';
import { demoPartners } from './people';
import { expectCount } from './steps';

test.describe.configure({ mode: 'parallel' });

/** The demo's connection to a vendor, by its key. */
async function connectionId(pool: pg.Pool, key: string): Promise<string> {
  const { rows } = await pool.query('select id from connection where key = $1', [key]);
  return String(rows[0].id);
}

/** A reseller of ours below Ridge IT that is mapped nowhere. */
async function unmapped(pool: pg.Pool, name: string): Promise<void> {
  await pool.query(`insert into partner (id, key, name, kind, parent_id) values ($1, $2, $3, 'reseller', $4)`, [
    randomUUID(),
    `unmapped-${randomUUID()}`,
    name,
    demoPartners.ridgeIt,
  ]);
}

const line = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
const submit = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^Add ${name}`) });

test('Cove’s tree by keyboard, a partner added below one, mapped in the same step, on record', async ({
  pageOf,
  newName,
  database,
}) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  const [name, ours] = [newName(), newName('Ours')];
  await unmapped(database, ours);
  await page.goto(`/connections/${await connectionId(database, 'ridge-it-cove')}`);
  await page.getByRole('link', { name: 'Partners at N-able Cove' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Ridge IT' })).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Tree of partners at N-able Cove' });
  await expect(line(page, 'Harbor Cloud')).toBeVisible();
  await tree.focus();
  await page.keyboard.type('tagus');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Tagus Distribution' })).toBeVisible();
  // Ten thousand and more below it: the far end is one key away.
  await page.keyboard.press('ArrowRight');
  await expect(line(page, 'Tagus Reseller 00001')).toBeVisible();
  await page.keyboard.press('End');
  await expect(line(page, 'Tagus Reseller 10000')).toBeVisible();
  await expectAccessible(page, 'every rule');
  await page.getByRole('searchbox', { name: 'Search below Tagus Distribution' }).fill('reseller 0042');
  await expect(page.getByText('10 partners')).toBeVisible();
  await page.getByRole('button', { name: /^Tagus Reseller 00421/ }).click();
  await expect(page.getByRole('navigation', { name: 'Where it stands' })).toContainText('Ridge IT');
  await page.getByRole('button', { name: 'Tagus Distribution' }).click();
  await page.getByRole('link', { name: 'Add partner below this one' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Add a partner below Tagus Distribution' })).toBeVisible();
  // What the parent does not allow stays visible, with the reason.
  await expect(page.getByRole('option', { name: 'Sub-distributor (not below the parent)' })).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: 'Software only (the parent may not give it)' })).toBeDisabled();
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByText('Enter the name of the company.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Portugal' });
  await page.getByRole('combobox', { name: 'Partner of yours' }).selectOption({ label: ours });
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByRole('heading', { name: `Plan for ${name}` })).toBeVisible();
  await expect(page.getByText(`Afterwards ${ours} is mapped to it.`)).toBeVisible();
  await expect(page.getByRole('region', { name: /body for Ridge IT Cove/ })).toContainText('"ParentId": 50300');
  await expectAccessible(page, 'every rule');
  await submit(page, name).click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  await expectCount(page, '1 succeeded');
  await expect(page.getByText('N-able Cove has added the partner.')).toBeVisible();
  await expect(page.getByText(`Mapped to ${ours}.`)).toBeVisible();
  await expectAccessible(page, 'every rule');
  await page.getByRole('link', { name: 'Partners at Ridge IT Cove sandbox' }).click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.getByText(`Mapped to ${ours}`)).toBeVisible();
  // Its name leads to it from everywhere.
  await page.goto(`/attempts?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('row', { name: new RegExp(`Add partner.*${name}`) })).toBeVisible();
});

test('a refusal by Cove keeps what was typed, and is corrected under the same id', async ({
  pageOf,
  newName,
  database,
}) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  const name = newName();
  const cove = await connectionId(database, 'ridge-it-cove');
  await page.goto(`/connections/${cove}/partners/new?parent=50210`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`${name} sim:rpc-error-2104`);
  await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Portugal' });
  await page.getByRole('combobox', { name: 'Level' }).selectOption({ label: 'End customer' });
  await page.getByRole('button', { name: 'Review plan' }).click();
  await submit(page, name).click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  const record = page.url().replace(/\?.*$/, '');
  await expectCount(page, '1 refused');
  await expect(page.getByText(/does not allow anything new below it/).first()).toBeVisible();
  await page.getByRole('link', { name: 'Correct and try again at N-able Cove' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Try to add a partner at N-able Cove again' }),
  ).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Level' })).toHaveValue('EndCustomer');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Review plan' }).click();
  await submit(page, name).click();
  await page.waitForURL(new RegExp(record));
  await expectCount(page, '1 succeeded');
});

test('an admin loses the role while in the form: refused, and what was typed stays', async ({
  signedIn,
  newPerson,
  newName,
  database,
  watch,
}) => {
  watch.allow(/status of 40[34]/);
  const person = await newPerson({ partner: 'ridgeIt', role: 'admin' });
  const page = await signedIn(person);
  const name = newName();
  await page.goto(`/connections/${await connectionId(database, 'ridge-it-cove')}/partners/new?parent=50210`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Portugal' });
  await page.getByRole('combobox', { name: 'Level' }).selectOption({ label: 'End customer' });
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(submit(page, name)).toBeVisible();
  // A role that changes ends the sessions it was used in: the portal asks for a sign-in before anything else.
  await database.query(`update role_grant set role = 'operator' where user_id = $1`, [person.id]);
  await submit(page, name).click();
  await expect(page.getByText('You are signed out')).toBeVisible();
  await expect(page).toHaveURL(/partners\/new/);
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(name);
});

test('Cloud Cockpit’s resellers: listed, one added with every field; a reseller sees itself alone', async ({
  pageOf,
  newName,
  database,
  watch,
}) => {
  test.slow();
  watch.allow(/status of 404/);
  const page = await pageOf('cspAdmin');
  const [name, ours] = [newName(), newName('Ours')];
  await unmapped(database, ours);
  const cockpit = await connectionId(database, 'ridge-it-cloud-cockpit');
  await page.goto(`/connections/${cockpit}/partners`);
  await page.getByRole('button', { name: /^Harbor Cloud/ }).click();
  await expect(page.getByText('Mapped to Harbor Cloud').first()).toBeVisible();
  await expectAccessible(page, 'every rule');
  await page.getByRole('link', { name: 'Add partner' }).click();
  for (const [label, value] of [
    ['Name', name],
    ['Address line 1', 'Rua Nova 1'],
    ['City', 'Lisboa'],
    ['State or region', 'Lisboa'],
    ['Postal code', '1000-001'],
    ['First name', 'Ana'],
    ['Last name', 'Silva'],
    ['E-mail', 'ana@reseller.example'],
    ['Phone', '+351210000000'],
  ] as const) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(value);
  }
  await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Portugal' });
  await page.getByRole('combobox', { name: 'Partner of yours' }).selectOption({ label: ours });
  await page.getByRole('button', { name: 'Review plan' }).click();
  await expect(page.getByRole('region', { name: /body for Ridge IT Cloud Cockpit/ })).toContainText('"zipCode"');
  await expectAccessible(page, 'every rule');
  await submit(page, name).click();
  await page.waitForURL(/\/onboardings\/[0-9a-f-]{36}/);
  await expectCount(page, '1 succeeded');
  await expect(page.getByText(`Mapped to ${ours}.`)).toBeVisible();

  const reseller = await pageOf('harborOperator');
  await reseller.goto(`/connections/${cockpit}/partners`);
  const list = reseller.getByRole('list', { name: 'Partners at Cloud Cockpit' });
  await expect(list.getByRole('listitem')).toHaveText([/Harbor Cloud/]);
  await expect(reseller.getByRole('link', { name: 'Add partner' })).toHaveCount(0);
  const refused = await reseller.goto(`/connections/${cockpit}/partners/new`);
  expect(refused?.status()).toBe(404);
});

test('a link to a partner opens the tree down to it, however far down its level it stands', async ({
  pageOf,
  database,
}) => {
  const page = await pageOf('cspAdmin');
  const at = `/connections/${await connectionId(database, 'ridge-it-cove')}/partners`;
  const chosen = page.getByRole('treeitem', { selected: true });
  await page.goto(`${at}?at=50212`);
  await expect(page.getByRole('heading', { level: 2, name: 'Atlas Bakery' })).toBeVisible();
  await expect(chosen).toHaveText(/^Atlas Bakery/);
  await expect(chosen).toBeInViewport();
  await expect(line(page, 'Harbor Cloud').first()).toHaveAttribute('aria-expanded', 'true');

  // The five thousandth of its level: not on the page that the vendor answers first.
  await page.goto(`${at}?at=705000`);
  await expect(page.getByRole('heading', { level: 2, name: 'Tagus Reseller 05000' })).toBeVisible();
  await expect(chosen).toHaveText(/^Tagus Reseller 05000shown first/);
  await expect(chosen).toBeInViewport();
  await expect(chosen).toHaveAttribute('aria-level', '3');
  await expect(line(page, 'Tagus Reseller 00001')).toBeVisible();
  await expectAccessible(page, 'every rule');

  // What is chosen elsewhere is shown in the tree as well.
  await page.getByRole('navigation', { name: 'Where it stands' }).getByRole('button', { name: 'Ridge IT' }).click();
  await expect(chosen).toHaveText(/^Ridge IT/);
  await page.getByRole('searchbox', { name: 'Search below Ridge IT' }).fill('Kiel Marine Parts');
  await page.getByRole('button', { name: /^Kiel Marine Parts/ }).click();
  await page.getByRole('searchbox', { name: 'Search below Ridge IT' }).fill('');
  await expect(chosen).toHaveText(/^Kiel Marine Parts/);
  await expect(chosen).toBeInViewport();
  // Codes of the vendor are read as names, their ids can be copied.
  await expect(page.getByText('Germany')).toHaveCount(2);
  await expect(page.getByRole('button', { name: /Copy Id of the storage location at N-able Cove/ })).toHaveText(/4$/);
});
