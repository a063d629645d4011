import 'server-only';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page, Response } from '@playwright/test';
import { expectCount, openForm, typeForFour } from '../../e2e/steps';
import type { Portal } from './portal';

/** KB (1,000 bytes) of script, gzipped, that a first load may cost. */
const goals = { 'sign-in': 160, reading: 200, form: 240 } as const;

interface Route {
  readonly path: string;
  readonly kind: keyof typeof goals;
}

interface Weight {
  readonly route: Route;
  readonly kilobytes: number;
  /** The heaviest scripts, with what they weigh. */
  readonly heaviest: readonly string[];
}

/** P11: the JavaScript of each route's first load, as a browser without a cache fetches it from the built portal. */
export async function printPageWeights({ browser, app, page }: Portal): Promise<void> {
  const routes = await findRoutes(page);
  const storageState = await page.context().storageState();
  const weights: Weight[] = [];
  for (const route of routes) {
    const signedIn = route.kind === 'sign-in' ? {} : { storageState };
    weights.push(await weigh(await browser.newContext({ ...signedIn, baseURL: app.url }), route));
  }
  print(weights);
}

/** Every page, those of a record with one that is made for it. */
async function findRoutes(page: Page): Promise<readonly Route[]> {
  const name = 'Zeus Harbour Lda';
  const correlationId = await openForm(page);
  await typeForFour(page, name);
  await page.getByRole('button', { name: 'Review plan for 4 vendors' }).click();
  await page.getByRole('button', { name: `Onboard ${name} at 4 vendors` }).click();
  await expectCount(page, '4 succeeded');
  const linked = async (address: string, link: string) => {
    await page.goto(address);
    return (await page.getByRole('link', { name: link }).getAttribute('href')) ?? '';
  };
  const customer = await linked(`/onboardings/${correlationId}`, 'Customer record');
  const newService = await linked(customer, 'Add a service');
  const cove = await linked('/connections', 'Ridge IT Cove sandbox');
  const vendorPartners = await linked(cove, 'Partners at N-able Cove');
  const newPartner = await linked(vendorPartners, 'Add partner below this one');
  const first = async (list: string, pattern: string) => {
    await page.goto(list);
    return page.locator(`main a[href^="${pattern}"]:not([href$="/new"])`).first().getAttribute('href');
  };
  const connection = await first('/connections', '/connections/');
  const user = await first('/users', '/users/');
  return [
    { path: '/sign-in', kind: 'sign-in' },
    { path: '/', kind: 'reading' },
    { path: '/customers', kind: 'reading' },
    { path: customer, kind: 'reading' },
    { path: '/customers/new', kind: 'form' },
    { path: newService, kind: 'form' },
    { path: '/onboardings', kind: 'reading' },
    { path: `/onboardings/${correlationId}`, kind: 'reading' },
    { path: '/attempts', kind: 'reading' },
    { path: '/partners', kind: 'reading' },
    { path: '/connections', kind: 'reading' },
    { path: connection ?? '', kind: 'form' },
    { path: vendorPartners, kind: 'reading' },
    { path: newPartner, kind: 'form' },
    { path: '/connections/new', kind: 'form' },
    { path: '/users', kind: 'reading' },
    { path: user ?? '', kind: 'reading' },
    { path: '/audit', kind: 'reading' },
    { path: '/account', kind: 'form' },
    { path: '/search?q=zeus', kind: 'reading' },
  ];
}

/** Sums what the HTML names (scripts and preloads) and what was fetched besides before the page had loaded. */
async function weigh(context: BrowserContext, route: Route): Promise<Weight> {
  const page = await context.newPage();
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto(route.path, { waitUntil: 'load' });
  const named = await page.evaluate(() =>
    // Scripts for browsers without modules are never fetched by any that we serve.
    [
      ...document.querySelectorAll(
        'script[src]:not([nomodule]), link[rel="modulepreload"], link[rel="preload"][as="script"]',
      ),
    ].map((element) => new URL(element.getAttribute('src') ?? element.getAttribute('href') ?? '', location.href).href),
  );
  const sizes = new Map<string, number>();
  for (const response of [...scripts]) sizes.set(response.url(), gzipSync(await response.body()).length);
  for (const url of named) {
    if (!sizes.has(url)) sizes.set(url, gzipSync(await (await context.request.get(url)).body()).length);
  }
  await context.close();
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const heaviest = [...sizes]
    .sort(([, left], [, right]) => right - left)
    .slice(0, 4)
    .map(([url, size]) => `${path.posix.basename(new URL(url).pathname)} ${(size / 1000).toFixed(0)}`);
  return { route, kilobytes: total / 1000, heaviest };
}

function print(weights: readonly Weight[]): void {
  console.log('\nP11  JavaScript of a first load, KB gzip');
  for (const { route, kilobytes, heaviest } of weights) {
    const goal = goals[route.kind];
    // Ids say nothing here.
    const shown = route.path.replace(/\?.*/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '[id]');
    const verdict = kilobytes <= goal ? 'ok  ' : 'OVER';
    console.log(
      `  ${shown.padEnd(32)} ${kilobytes.toFixed(0).padStart(4)}  goal ${goal}  ${verdict}  ${heaviest.join(', ')}`,
    );
  }
}
