import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import { expect, newSecret, test } from './fixtures';
import { demoPartners } from './people';
import { signIn } from './steps';

test.describe.configure({ mode: 'parallel' });

const line = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}`) });

/** Adds a reseller below the partner that the page shows, and waits until the page shows the new one. */
async function addBelow(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a partner below' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Add the partner' }).click();
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(line(page, name)).toHaveAttribute('aria-selected', 'true');
}

test('the tree is walked by keyboard alone, and the URL holds the choice', async ({ pageOf }) => {
  const page = await pageOf('hostAdmin');
  await page.goto('/partners');
  await expect(page.getByRole('heading', { level: 2, name: 'Northwind Distribution' })).toBeVisible();
  const tree = page.getByRole('tree', { name: 'Partners' });
  await tree.focus();
  const active = async () => {
    const id = (await tree.getAttribute('aria-activedescendant')) ?? '';
    return page.locator(`[id="${id}"]`);
  };
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(await active()).toHaveAccessibleName(/^Northwind Distribution/);
  await page.keyboard.type('ridge');
  await expect(await active()).toHaveAccessibleName(/^Ridge IT/);
  await expect(await active()).toHaveAttribute('aria-level', '2');
  await expect(await active()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(await active()).toHaveAttribute('aria-expanded', 'true');
  await expect(line(page, 'Harbor Cloud')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(await active()).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowLeft');
  await expect(await active()).toHaveAccessibleName(/^Ridge IT/);
  await page.keyboard.type('pine');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`partner=${demoPartners.pineSystems}`));
  await expect(page.getByRole('heading', { level: 2, name: 'Pine Systems' })).toBeVisible();
  await expectAccessible(page, 'every rule');
  // A colleague with the link sees the same.
  await page.reload();
  await expect(line(page, 'Pine Systems')).toHaveAttribute('aria-selected', 'true');
});

test('a partner is found by its name, and its counts lead to the lists', async ({ pageOf }) => {
  const page = await pageOf('cspAdmin');
  await page.goto('/partners');
  await page.getByRole('searchbox', { name: 'Find a partner by name or key' }).fill('harbor-cl');
  await page
    .getByRole('list', { name: 'Partners found' })
    .getByRole('link', { name: /Harbor Cloud/ })
    .click();
  await expect(page.getByRole('heading', { level: 2, name: 'Harbor Cloud' })).toBeVisible();
  await page.getByRole('link', { name: /^\d+ users?$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  await expect(page.getByRole('table')).toContainText('Hana Harbor');
  await expect(page.getByRole('table')).not.toContainText('Ada Ridge');
});

test('partners are added at any depth, renamed, disabled, and somebody of another branch finds none of them', async ({
  pageOf,
  newName,
  watch,
}) => {
  watch.allow(/status of 404 .*\/partners/);
  const page = await pageOf('cspAdmin');
  const [one, two, renamed] = [newName('One'), newName('Two'), newName('Renamed')];
  await page.goto(`/partners?partner=${demoPartners.pineSystems}`);
  await addBelow(page, one);
  await addBelow(page, two);
  await expect(line(page, two)).toHaveAttribute('aria-level', '4');
  await page.getByRole('button', { name: 'Edit name' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(renamed);
  await page.getByRole('button', { name: 'Save the name' }).click();
  await expect(page.getByRole('heading', { level: 2, name: renamed })).toBeVisible();
  await expect(line(page, renamed)).toBeVisible();
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Disable ${renamed}` })
    .click();
  await expect(page.getByText(/Nobody who belongs to it/)).toBeVisible();
  const address = page.url();
  const harbor = await pageOf('harborOperator');
  expect((await harbor.goto(address))?.status()).toBe(404);
});

test('a move says who gains and who loses sight before it is made, and the audit has it', async ({
  pageOf,
  newPerson,
  newName,
}) => {
  const page = await pageOf('cspAdmin');
  const loser = await newPerson({ partner: 'pineSystems', role: 'viewer' });
  const gainer = await newPerson({ partner: 'harborCloud', role: 'operator' });
  const name = newName('Wanders');
  await page.goto(`/partners?partner=${demoPartners.pineSystems}`);
  await addBelow(page, name);
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const search = dialog.getByRole('searchbox', { name: 'New partner above' });
  await search.fill(name);
  await dialog.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
  await expect(dialog.getByText(/or is .* itself/)).toBeVisible();
  await search.fill('Harbor Cloud');
  await dialog.getByRole('radio', { name: /^Harbor Cloud/ }).check();
  await expect(dialog.getByRole('listitem').filter({ hasText: loser.name })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: gainer.name })).toBeVisible();
  await dialog.getByRole('button', { name: `Move ${name} below Harbor Cloud` }).click();
  await expect(page.getByText(`${name} stands below Harbor Cloud now`)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Where it stands' })).toContainText('Harbor Cloud');
  for (const partner of [demoPartners.pineSystems, demoPartners.harborCloud]) {
    await page.goto(`/audit?partner=${partner}&action=partner.moved`);
    await expect(
      page
        .getByRole('table')
        .getByText(/ moved .* to /)
        .first(),
    ).toBeVisible();
  }
});

test('an invited person sets a password by the link, once, and gets and loses a further role', async ({
  pageOf,
  newPage,
  newName,
}) => {
  test.slow();
  const admin = await pageOf('cspAdmin');
  const name = newName('Invited');
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@people.example`;
  await admin.goto(`/users?partner=${demoPartners.harborCloud}`);
  await admin.getByRole('button', { name: 'New user' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await expect(dialog.getByText('Chosen: Harbor Cloud')).toBeVisible();
  await dialog.getByRole('button', { name: 'Invite the user' }).click();
  const link = (await dialog.getByRole('code').textContent()) ?? '';
  expect(new URL(link).pathname).toMatch(/^\/invite\/[\w-]{43}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();

  const theirs = await newPage();
  const { pathname } = new URL(link);
  await theirs.goto(pathname);
  await expect(theirs.getByText(`You will sign in as ${email}`)).toBeVisible();
  const password = newSecret();
  await theirs.getByLabel('New password', { exact: true }).fill('passwordpassword');
  await theirs.getByLabel('New password again').fill('passwordpassword');
  await theirs.getByRole('button', { name: 'Set the password' }).click();
  await expect(theirs.getByText(/easy to guess/)).toBeVisible();
  await theirs.getByLabel('New password', { exact: true }).fill(password);
  await theirs.getByLabel('New password again').fill(password);
  await theirs.getByRole('button', { name: 'Set the password' }).click();
  await expect(theirs.getByText('Your password is set')).toBeVisible();
  const again = await newPage();
  await again.goto(pathname);
  await expect(again.getByText('This link does not open')).toBeVisible();
  await signIn(theirs, { email, password });

  await admin.getByRole('link', { name }).click();
  await admin.getByRole('button', { name: 'Give a role' }).click();
  await dialog.getByRole('radio', { name: /^Viewer/ }).check();
  await dialog.getByRole('searchbox', { name: 'Partner' }).fill('Pine');
  await dialog.getByRole('radio', { name: /^Pine Systems/ }).check();
  await dialog.getByRole('button', { name: 'Give the role' }).click();
  await expect(admin.getByText(`${name} is Viewer at Pine Systems now`)).toBeVisible();
  await admin.getByRole('button', { name: 'Take away Viewer at Pine Systems' }).click();
  await dialog.getByRole('button', { name: 'Take the role away' }).click();
  await expect(admin.getByText(`${name} is Viewer at Pine Systems no more`)).toBeVisible();
  // What the first role opened is closed: changed rights end the session.
  await theirs.goto('/customers');
  await expect(theirs.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
});

test('a right that is taken away while a partner is being added refuses it, and keeps what was typed', async ({
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
  await page.goto(`/partners?partner=${demoPartners.pineSystems}`);
  await page.getByRole('button', { name: 'Add a partner below' }).click();
  const box = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await box.fill(name);
  await database.query(`update role_grant set role = 'viewer' where user_id = $1`, [person.id]);
  await page.getByRole('dialog').getByRole('button', { name: 'Add the partner' }).click();
  await expect(page.getByText('You are signed out')).toBeVisible();
  await expect(box).toHaveValue(name);
  const { rowCount } = await database.query(`select from partner where name = $1`, [name]);
  expect(rowCount).toBe(0);
});
