import { expect, test } from './fixtures';
import { look } from './look';
import { demoPartners } from './people';
import {
  expectCount,
  goodFacts,
  onboard,
  openAccountMenu,
  openForm,
  openPalette,
  reviewPlan,
  typeCustomer,
  typeForFour,
} from './steps';

test.describe.configure({ mode: 'parallel' });

test('sign-in page', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  await look(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await look(page, 'sign-in-missing', 'part');
});

for (const [name, address, heading] of [
  ['overview', '/', 'Overview'],
  ['customers', '/customers', 'Customers'],
  ['onboardings', '/onboardings', 'Onboardings'],
  ['attempts', '/attempts', 'Attempts'],
  ['partners', '/partners', 'Partners'],
  ['connections', '/connections', 'Connections'],
  ['connection-new', '/connections/new', 'New connection'],
  ['users', '/users', 'Users'],
  ['audit', '/audit', 'Audit'],
  ['account', '/account', 'Your account'],
  ['search', '/search?q=ridge', 'Results for “ridge”'],
] as const) {
  test(`page ${name}`, async ({ pageOf }) => {
    const page = await pageOf('cspAdmin');
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await look(page, name);
  });
}

test('empty lists and pages that are not there', async ({ pageOf, watch }) => {
  watch.allow(/status of 404/);
  const page = await pageOf('cspViewer');
  for (const list of ['customers', 'attempts', 'onboardings', 'audit']) {
    await page.goto(`/${list}?q=zzzzzzzzzz`);
    await expect(page.getByText(/matches these filters/)).toBeVisible();
    await look(page, `${list}-empty`, 'part');
  }
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await look(page, 'not-found');
});

test('a user’s record and its dialogs', async ({ pageOf, newPerson }) => {
  const person = await newPerson({ partner: 'ridgeIt', role: 'operator' });
  const page = await pageOf('cspAdmin');
  await page.goto(`/users/${person.id}`);
  await expect(page.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
  await look(page, 'user');
  await page.getByRole('button', { name: `Disable ${person.name}` }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'user-disable', 'part');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reset password' }).click();
  await page.getByRole('radio', { name: /Type one/ }).check();
  await look(page, 'user-reset', 'part');
});

test('the partner tree and its dialogs, and the page of a link that does not open', async ({ pageOf }) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  await page.goto(`/partners?partner=${demoPartners.harborCloud}`);
  await expect(page.getByRole('treeitem', { name: /^Harbor Cloud/ })).toBeVisible();
  await look(page, 'partner');
  await page.getByRole('button', { name: 'Add a partner below' }).click();
  await page.getByRole('button', { name: 'Add the partner' }).click();
  await look(page, 'partner-add', 'part');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox', { name: 'New partner above' }).fill('Pine');
  await dialog.getByRole('radio', { name: /^Pine Systems/ }).check();
  await expect(dialog.getByText(/gains? sight of it/)).toBeVisible();
  await look(page, 'partner-move', 'part');
  await page.goto('/users');
  await page.getByRole('button', { name: 'New user' }).click();
  await page.getByRole('button', { name: 'Invite the user' }).click();
  await expect(page.getByText('Type the name.')).toBeVisible();
  await look(page, 'user-new', 'part');
  await page.goto('/invite/nobody-made-this');
  await expect(page.getByText('This link does not open')).toBeVisible();
  await look(page, 'invite-gone');
});

test('partners at a vendor: tree, search, list, form and plan', async ({ pageOf }) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  await page.goto('/connections');
  await page.getByRole('link', { name: 'Ridge IT Cove sandbox' }).click();
  await page.getByRole('link', { name: 'Partners at N-able Cove' }).click();
  await expect(page.getByRole('treeitem', { name: /^Harbor Cloud/ })).toBeVisible();
  await look(page, 'vendor-partners');
  await page.getByRole('searchbox', { name: 'Search below Ridge IT' }).fill('a');
  await expect(page.getByText(/^\d+ partners$/)).toBeVisible();
  await look(page, 'vendor-partners-found', 'part');
  await page.getByRole('link', { name: 'Add partner below this one' }).click();
  // The vendor's part comes after the page, and moves what is below it.
  await expect(page.getByRole('combobox', { name: 'Level' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Atlas Bakery');
  await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Portugal' });
  await page.getByRole('button', { name: 'Review plan' }).click();
  await page.getByRole('button', { name: 'Send it all the same' }).click();
  await expect(page.getByText('What will be sent')).toBeVisible();
  await look(page, 'vendor-partner-new');
  await page.goto('/connections');
  await page.getByRole('link', { name: 'Ridge IT Cloud Cockpit sandbox' }).click();
  await page.getByRole('link', { name: 'Partners at Cloud Cockpit' }).click();
  await page.getByRole('button', { name: /^Pine Systems/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Pine Systems' })).toBeVisible();
  await look(page, 'vendor-resellers');
});

test('a connection’s record and its mapping dialog with an open picker', async ({ pageOf }) => {
  const page = await pageOf('cspAdmin');
  await page.goto('/connections');
  await page.getByRole('link', { name: 'Ridge IT Cloud Cockpit sandbox' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ridge IT Cloud Cockpit sandbox' })).toBeVisible();
  await look(page, 'connection');
  await page
    .getByRole('button', { name: /^Change the mapping of / })
    .first()
    .click();
  const picker = page.getByRole('dialog').getByRole('combobox', { name: 'At Cloud Cockpit' });
  await picker.click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await look(page, 'connection-mapping', 'part');
});

test('the palette, the help, the account menu and an open filter', async ({ pageOf }) => {
  test.slow();
  const page = await pageOf('cspAdmin');
  await page.goto('/attempts');
  await (await openPalette(page)).fill('cust');
  await expect(page.getByRole('option').first()).toBeVisible();
  await look(page, 'palette', 'part');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await look(page, 'help', 'part');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('button', { name: 'Outcome', exact: true }).click();
  await look(page, 'filter', 'part');
  await page.keyboard.press('Escape');
  await openAccountMenu(page);
  await look(page, 'account-menu', 'part');
});

test('the form empty, with faults, and planned; its picker open', async ({ pageOf, newName }) => {
  test.slow();
  const page = await pageOf('cspOperator');
  await openForm(page);
  await page.getByRole('checkbox', { name: /^Ridge IT Cloud Cockpit sandbox/ }).check();
  await look(page, 'form-empty');
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await look(page, 'form-faults', 'part');
  const name = newName();
  await typeCustomer(page, name);
  await page.getByRole('combobox', { name: 'Reseller' }).click();
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await look(page, 'form-picker', 'part');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add provider instance' }).click();
  for (const group of ['Company and contact', 'Identifiers', 'Associated partners'])
    await page.getByText(group).click();
  await look(page, 'form-details', 'part');
  await openForm(page);
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await page.getByRole('button', { name: 'Show what will be sent' }).click();
  await look(page, 'form-plan');
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'form-discard', 'part');
});

test('the form for four vendors with every group open, its pickers, its plan, and the record', async ({
  pageOf,
  newName,
}) => {
  test.slow();
  const page = await pageOf('cspOperator');
  const name = newName();
  await openForm(page);
  await typeForFour(page, name);
  for (const group of await page
    .locator('summary')
    .filter({ hasText: /from the customer|Our correlation id|Not sent/ })
    .all())
    await group.click();
  await look(page, 'four-sections');
  await page.getByRole('button', { name: 'Choose another parent' }).click();
  await expect(page.getByRole('button', { name: 'Choose Harbor Cloud as the parent' })).toBeVisible();
  await look(page, 'four-parents', 'part');
  await page.getByRole('button', { name: 'Review plan for 4 vendors' }).click();
  await expect(page.getByRole('heading', { name: `Plan for ${name}` })).toBeVisible();
  await look(page, 'four-plan');
  await page.getByRole('button', { name: `Onboard ${name} at 4 vendors` }).click();
  await expectCount(page, '4 succeeded');
  await look(page, 'four-record');
});

const long = `${'Companhia dos Grandes Navegadores e das Oficinas Reunidas '.repeat(4)}`.trim().slice(0, 200);

for (const [kind, name, words] of [
  ['succeeded', '', '1 succeeded'],
  ['refused', 'sim:refuse', '1 refused'],
  ['unknown', 'sim:reset-before', '1 unknown'],
  ['long', long, '1 succeeded'],
  ['right-to-left', 'شركة الميناء للتجارة', '1 succeeded'],
] as const) {
  test(`record ${kind}, and its customer`, async ({ pageOf, newName }) => {
    test.slow();
    const page = await pageOf('cspAdmin');
    const full = newName(name === '' ? 'Lda' : name);
    await onboard(page, full, { ...goodFacts });
    await expectCount(page, words);
    await page.getByRole('button', { name: /^Create POST/ }).click();
    await look(page, `record-${kind}`);
    if (kind === 'unknown') {
      await page.getByRole('button', { name: 'Settle by hand' }).click();
      await page.getByRole('radio', { name: /Yes, it was created/ }).check();
      await look(page, 'record-settle', 'part');
      await page.keyboard.press('Escape');
    }
    await page.getByRole('link', { name: 'Customer record' }).click();
    await expect(page.getByRole('button', { name: 'Edit facts' })).toBeVisible();
    await look(page, `customer-${kind}`);
    if (kind === 'succeeded') {
      await page.getByRole('button', { name: 'Edit facts' }).click();
      await expect(page.getByRole('button', { name: 'Save the facts' })).toBeVisible();
      await look(page, 'customer-edit', 'part');
    }
    if (kind === 'long' || kind === 'right-to-left') {
      for (const list of ['customers', 'attempts', 'onboardings']) {
        await page.goto(`/${list}?q=${encodeURIComponent(full.slice(0, 20))}`);
        await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
        await look(page, `${list}-${kind}`, 'part');
      }
    }
  });
}
