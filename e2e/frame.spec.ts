import type { Page } from '@playwright/test';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { openForm } from './steps';

test.describe.configure({ mode: 'parallel' });

const strip = (page: Page) => page.getByRole('complementary', { name: 'Sandbox' });
const roomBelow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);

for (const [kind, width, height] of [
  ['desk', 1440, 900],
  ['phone', 390, 844],
] as const) {
  test(`the strip of a sandbox makes no page taller and stays in sight: ${kind}`, async ({ pageOf }) => {
    const page = await pageOf('cspAdmin');
    await page.setViewportSize({ width, height });
    await page.goto('/search');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(strip(page)).toBeInViewport({ ratio: 1 });
    expect(await roomBelow(page), 'a page with little on it does not scroll').toBe(0);

    await openForm(page);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.getByRole('button', { name: /^Review/ })).toBeInViewport();
    await expect(strip(page)).toBeInViewport({ ratio: 1 });
    const [above, header] = await Promise.all([strip(page).boundingBox(), page.getByRole('banner').boundingBox()]);
    expect(header?.y, 'the header stands right below it').toBe((above?.y ?? 0) + (above?.height ?? 0));
  });
}

test('a page asks the server for nothing ahead, and for the count beside Attempts once', async ({ pageOf }) => {
  const page = await pageOf('cspViewer');
  const asked: string[] = [];
  const base = environment().baseUrl;
  await page.goto('/');
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') asked.push(request.url().replace(base, '').replace(/\?.*/, ''));
  });
  await page.reload();
  for (const name of ['Customers', 'Audit', 'Overview']) {
    const counted = page.waitForResponse(/\/api\/attempts\/needing$/);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await counted;
  }
  const count = '/api/attempts/needing';
  expect(asked).toEqual(['/customers', count, '/audit', count, '/', count]);
});
