import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { expectCount, onboard, openPalette } from './steps';

test.describe.configure({ mode: 'parallel' });

const question = (page: Page) => page.getByRole('dialog', { name: 'Discard what you typed?' });
const main = (page: Page) => page.getByRole('navigation', { name: 'Main' });

async function openConnection(page: Page): Promise<void> {
  await page.goto('/connections');
  await page.getByRole('link', { name: 'Ridge IT Cove sandbox' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible();
}

async function openCustomer(page: Page, name: string): Promise<void> {
  await onboard(page, name);
  await expectCount(page, '1 succeeded');
  await page.getByRole('link', { name: 'Customer record' }).click();
  await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
}

test('a changed connection is kept until a person says otherwise: link, back, search, reload', async ({ pageOf }) => {
  const page = await pageOf('cspAdmin');
  await openConnection(page);
  const address = page.url();
  const box = page.getByRole('textbox', { name: 'Name', exact: true });
  await box.fill('Typed and not saved');

  await main(page).getByRole('link', { name: 'Customers' }).click();
  await expect(question(page).getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question(page)).toHaveCount(0);
  expect(page.url()).toBe(address);

  await page.evaluate(() => window.history.back());
  await question(page).getByRole('button', { name: 'Keep editing' }).click();
  await expect(page).toHaveURL(address);

  await (await openPalette(page)).fill('audit');
  await page.keyboard.press('Enter');
  await question(page).getByRole('button', { name: 'Keep editing' }).click();

  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
  });
  await Promise.all([asked, page.evaluate(() => window.location.reload())]);

  await expect(box).toHaveValue('Typed and not saved');
  await page.evaluate(() => window.history.back());
  await question(page).getByRole('button', { name: 'Discard it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
});

test('a form as it was found asks nothing', async ({ pageOf, newName }) => {
  const page = await pageOf('cspAdmin');
  await openConnection(page);
  const box = page.getByRole('textbox', { name: 'Name', exact: true });
  const before = await box.inputValue();
  await box.fill('Changed');
  await box.fill(before);
  await main(page).getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await openCustomer(page, newName());
  await page.getByRole('button', { name: /^Edit/ }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await main(page).getByRole('link', { name: 'Users' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
});

test("a customer's typed facts are kept until a person says otherwise", async ({ pageOf, newName }) => {
  const page = await pageOf('cspAdmin');
  await openCustomer(page, newName());
  await page.getByRole('button', { name: /^Edit/ }).click();
  await page.getByRole('textbox', { name: 'City' }).fill('Typed and not saved');
  await main(page).getByRole('link', { name: 'Users' }).click();
  await question(page).getByRole('button', { name: 'Keep editing' }).click();
  await expect(page.getByRole('textbox', { name: 'City' })).toHaveValue('Typed and not saved');
  await main(page).getByRole('link', { name: 'Users' }).click();
  await question(page).getByRole('button', { name: 'Discard it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
});

test('Escape and a click beside a dialog keep the note that is being written', async ({ pageOf, newName }) => {
  const page = await pageOf('cspAdmin');
  await onboard(page, newName('sim:reset-before'));
  await expectCount(page, '1 unknown');
  await page.getByRole('button', { name: 'Settle by hand' }).click();
  const dialog = page.getByRole('dialog', { name: /^Settle/ });
  // Nothing is typed yet: Escape just closes.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Settle by hand' }).click();
  await dialog.getByRole('textbox', { name: 'How do you know?' }).fill('Asked the vendor on the phone.');
  await page.keyboard.press('Escape');
  await question(page).getByRole('button', { name: 'Keep editing' }).click();
  await page.mouse.click(5, 5);
  await question(page).getByRole('button', { name: 'Keep editing' }).click();
  await expect(dialog.getByRole('textbox', { name: 'How do you know?' })).toHaveValue('Asked the vendor on the phone.');
  await page.keyboard.press('Escape');
  await question(page).getByRole('button', { name: 'Discard it' }).click();
  await expect(dialog).toHaveCount(0);
});
