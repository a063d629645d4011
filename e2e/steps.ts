import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Login } from './people';

// What people do in the portal, step by step, found by role and label as they would find it.

/** Types e-mail and password into the form and sends it. */
export async function typeCredentials(page: Page, { email, password }: Login): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in through the form, as anybody does, and waits for the overview. */
export async function signIn(page: Page, login: Login, portal = ''): Promise<void> {
  await page.goto(`${portal}/sign-in`);
  await typeCredentials(page, login);
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
}

/** Opens the palette by its key, once more where a page was not listening yet. Resolves with its box. */
export async function openPalette(page: Page): Promise<Locator> {
  const box = page.getByRole('combobox', { name: 'Search' });
  await expect(async () => {
    if (!(await box.isVisible())) await page.keyboard.press('Control+k');
    await expect(box).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  return box;
}

/** Opens the account menu at the top. */
export async function openAccountMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of / }).click();
}

/** The facts of a customer that Cloud Cockpit accepts. */
export const goodFacts = {
  'Address line 1': 'Rua do Cais 12',
  City: 'Porto',
  'State or region': 'Porto',
  'Postal code': '4050-012',
  'First name': 'Ines',
  'Last name': 'Costa',
  'E-mail': 'ines.costa@customer.example',
  Phone: '+351 222 000 111',
} as const;

/** A text box of the shared facts. */
export const factBox = (page: Page, label: string): Locator =>
  page.getByRole('textbox', { name: label, exact: true }).first();

/** Opens an empty form; resolves with the correlation id that it minted. */
export async function openForm(page: Page, address = '/customers/new'): Promise<string> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: 'New customer' })).toBeVisible();
  await page.waitForURL(/[?&]draft=[0-9a-f-]{36}/);
  return new URL(page.url()).searchParams.get('draft') ?? '';
}

/** Types the shared facts of a customer and chooses the sandbox of Cloud Cockpit. */
export async function typeCustomer(
  page: Page,
  name: string,
  facts: Readonly<Record<string, string>> = {},
): Promise<void> {
  await factBox(page, 'Name').fill(name);
  await page.getByRole('combobox', { name: 'Country', exact: true }).first().selectOption('PT');
  for (const [label, value] of Object.entries({ ...goodFacts, ...facts })) await factBox(page, label).fill(value);
  await page.getByRole('checkbox', { name: /^Ridge IT Cloud Cockpit sandbox/ }).check();
  // The vendor's section has arrived: nothing moves any more.
  await expect(page.getByText('Company and contact')).toBeVisible();
}

/** Chooses AvePoint's data centre. What was chosen last time may arrive while one types: then one types once more. */
export async function chooseDataCentre(page: Page): Promise<void> {
  await expect(async () => {
    await page.getByRole('combobox', { name: 'Data centre' }).fill('north eu');
    await page.getByRole('option', { name: /^North Europe/ }).click({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
}

/** Types the shared facts once, in a form that is open, and gives each of the four vendors what it alone needs. */
export async function typeForFour(page: Page, name: string): Promise<void> {
  for (const vendor of ['AvePoint', 'Cove', 'CloudLX']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Ridge IT ${vendor} sandbox`) }).check();
  }
  // Its own address: AvePoint and CloudLX know people by it.
  await typeCustomer(page, name, { 'E-mail': `ines-${randomUUID()}@customer.example` });
  await chooseDataCentre(page);
  await page.getByRole('button', { name: 'Generate' }).click();
  await page.getByRole('checkbox', { name: /^Default/ }).check();
}

/** Asks for the plan and waits for it. */
export async function reviewPlan(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Review plan for 1 vendor' }).click();
  await expect(page.getByRole('heading', { name: `Plan for ${name}` })).toBeVisible();
}

/** The button that looks at the vendor for what became of an unknown. */
export const checkButton = (page: Page): Locator => page.getByRole('button', { name: 'Check at Cloud Cockpit' });

/** The one button that sends. */
export const submitButton = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `Onboard ${name} at 1 vendor` });

/** The whole road: form, plan, submit. Resolves with the correlation id once the record page is open. */
export async function onboard(page: Page, name: string, facts: Readonly<Record<string, string>> = {}): Promise<string> {
  const correlationId = await openForm(page);
  await typeCustomer(page, name, facts);
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  return correlationId;
}

/** Waits until the record says how many attempts ended how, as in "1 succeeded". */
export async function expectCount(page: Page, words: string): Promise<void> {
  await expect(page.getByText(words, { exact: true })).toBeVisible({ timeout: 35_000 });
}

/** The panel that says whether it will pass. */
export const passPanel = (page: Page): Locator => page.getByRole('complementary', { name: 'Will it pass?' });
