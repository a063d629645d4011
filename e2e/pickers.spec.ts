import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { openForm } from './steps';

/** Holds back every script that the page asks for from now on, until it is let go. */
async function holdScripts(page: Page): Promise<{ readonly asked: Promise<void>; readonly letGo: () => void }> {
  const [asked, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route('**/_next/static/chunks/**', async (route) => {
    asked.resolve();
    await letGo.promise;
    await route.continue();
  });
  return { asked: asked.promise, letGo: letGo.resolve };
}

// Each as somebody whose form opens without a remembered choice there: one that is filled loads its picker at once.
for (const [kind, who, connection, label, option] of [
  ['look-up at the vendor', 'cspOperator', 'Ridge IT Cloud Cockpit sandbox', 'Reseller', /^Altamar Informática/],
  ['list of ours', 'pineOperator', 'Ridge IT AvePoint sandbox', 'Data centre', /^North Europe/],
] as const) {
  test(`what is typed while a picker loads is kept: ${kind}`, async ({ pageOf }) => {
    const page = await pageOf(who);
    await openForm(page);
    await page.getByRole('checkbox', { name: new RegExp(`^${connection}`) }).check();
    const box = page.getByRole('combobox', { name: label });
    await expect(box).toBeVisible();
    const scripts = await holdScripts(page);
    const [before, after] = label === 'Reseller' ? ['Alta', 'mar'] : ['nor', 'th eu'];
    await box.focus();
    await scripts.asked;
    await page.keyboard.type(before);
    await expect(box).toHaveValue(before);
    scripts.letGo();
    // The picker has come: its list is open.
    await expect(box).toHaveAttribute('aria-expanded', 'true');
    await expect(box).toBeFocused();
    await page.keyboard.type(after);
    await expect(box).toHaveValue(before + after);
    await page.getByRole('option', { name: option }).click();
    await expect(box).toHaveValue(option);
  });
}

test('a click opens the list, the first time and where the picker is there already', async ({ pageOf }) => {
  const page = await pageOf('cspOperator');
  await openForm(page);
  for (const connection of ['Ridge IT Cloud Cockpit sandbox', 'Ridge IT Cove sandbox']) {
    await page.getByRole('checkbox', { name: new RegExp(`^${connection}`) }).check();
  }
  for (const label of ['Reseller', 'Storage location']) {
    const box = page.getByRole('combobox', { name: label });
    await box.click();
    await expect(box).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByRole('option').filter({ visible: true }).first()).toBeVisible();
    await page.keyboard.press('Escape');
  }
});
