import { randomUUID } from 'node:crypto';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { handlers, pages } from '../lib/auth/entry-points';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { startOwnApp } from './own-app';
import { demoLogins } from './people';
import { expectCount, onboard, signIn } from './steps';

test.describe.configure({ mode: 'parallel' });

/** A registered path with ids in its places. */
const addressOf = (path: string) => path.replace('[name]', 'resellers').replace(/\[[^\]]+\]/g, randomUUID());

const guardedPages = Object.entries(pages).flatMap(([path, { needs }]) => (needs === 'public' ? [] : [path]));
const guardedHandlers = Object.entries(handlers).flatMap(([path, { needs }]) => (needs === 'public' ? [] : [path]));

/** What a page asks for besides HTML. */
const asked = [
  {},
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
] as const satisfies readonly Record<string, string>[];

/** Everything that the registry knows, asked by nobody: no page, no data, only the way to the sign-in. */
async function expectNothing(request: APIRequestContext, secret: string): Promise<void> {
  for (const path of guardedPages) {
    for (const headers of asked) {
      const answer = await request.get(addressOf(path), { headers, maxRedirects: 0 });
      const text = await answer.text();
      const where = `${path} ${JSON.stringify(headers)} ${answer.status()}`;
      expect(text, where).not.toContain(secret);
      expect(text, where).not.toContain('Northwind');
      if (Object.keys(headers).length === 0) {
        expect(answer.status(), where).toBe(307);
        expect(answer.headers().location, where).toMatch(/^\/sign-in(\?|$)/);
      }
    }
  }
  for (const path of guardedHandlers) {
    const answer = await request.get(addressOf(path), { maxRedirects: 0 });
    expect(answer.status(), path).toBe(401);
    expect(await answer.json(), path).toEqual({ code: 'signed-out' });
  }
}

test('nobody gets nothing from any page or handler in the registry', async ({ playwright, pageOf, newName }) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  await onboard(page, name);
  await expectCount(page, '1 succeeded');
  const request = await playwright.request.newContext({ baseURL: environment().baseUrl });
  await expectNothing(request, name);
  const health = await request.get('/api/health');
  expect(health.status()).toBe(200);
  expect((await health.text()).length).toBeLessThan(100);
  await request.dispose();
});

test('S34: with proxy.ts taken out, nobody and somebody foreign still get nothing', async ({
  playwright,
  newPage,
  newName,
  watch,
}) => {
  test.slow();
  // The nonce came from the proxy: without it the page has no policy, and nothing else changes.
  watch.allow(/status of 404/);
  const app = await startOwnApp({ withoutProxy: true });
  try {
    const probe = await playwright.request.newContext({ baseURL: app.url });
    const signInPage = await probe.get('/sign-in');
    expect(signInPage.status()).toBe(200);
    expect(signInPage.headers()['content-security-policy'], 'the proxy is out').toBeUndefined();

    const page = await newPage();
    await signIn(page, demoLogins.harborOperator, app.url);
    const name = newName();
    await page.goto(`${app.url}/customers/new`);
    await page.waitForURL(/draft=/);
    const correlationId = new URL(page.url()).searchParams.get('draft') ?? '';
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill(name);
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().blur();
    await expect(page.getByText(/^Draft saved/)).toBeVisible();

    await expectNothing(probe, name);
    expect(await (await probe.get(`/customers/new?draft=${correlationId}`)).text()).not.toContain(name);
    await probe.dispose();
    const foreign = await newPage();
    await signIn(foreign, demoLogins.pineOperator, app.url);
    for (const address of [
      '/customers',
      '/attempts',
      '/onboardings',
      '/audit',
      `/customers/new?draft=${correlationId}`,
    ]) {
      const answer = await foreign.request.get(`${app.url}${address}`);
      expect(await answer.text(), address).not.toContain(name);
    }
  } finally {
    await app.stop();
  }
});

/** Headers that every answer carries, whatever its kind. */
function expectGuarded(answer: APIResponse, what: string): void {
  const headers = answer.headers();
  expect(headers['strict-transport-security'], what).toMatch(/max-age=\d{8}/);
  expect(headers['x-content-type-options'], what).toBe('nosniff');
  expect(headers['cross-origin-opener-policy'], what).toBe('same-origin');
  expect(headers['referrer-policy'], what).toMatch(/^(same-origin|no-referrer)$/);
  expect(headers['x-powered-by'], what).toBeUndefined();
  const policy = headers['content-security-policy'] ?? '';
  expect(policy, what).toMatch(/frame-ancestors 'none'/);
  if (policy.startsWith("default-src 'none'")) return;
  expect(policy, what).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'/);
  for (const rule of ["object-src 'none'", "base-uri 'none'", "form-action 'self'"])
    expect(policy, what).toContain(rule);
  expect(policy, what).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
}

test('S42–S43: every kind of answer carries the headers that guard it', async ({ pageOf, playwright }) => {
  const page = await pageOf('cspAdmin');
  const nobody = await playwright.request.newContext({ baseURL: environment().baseUrl });
  const html = await page.request.get('/customers');
  const chunk = /\/_next\/static\/chunks\/[^"]+\.js/.exec(await html.text())?.[0] ?? '';
  const answers: Readonly<Record<string, APIResponse>> = {
    page: html,
    'sign-in page': await nobody.get('/sign-in'),
    'missing page': await page.request.get('/no/such/page'),
    'missing record': await page.request.get(`/customers/${randomUUID()}`),
    redirect: await nobody.get('/customers', { maxRedirects: 0 }),
    RSC: await page.request.get('/customers', { headers: { rsc: '1' } }),
    prefetch: await page.request.get('/customers', { headers: { rsc: '1', 'next-router-prefetch': '1' } }),
    'API, refused': await nobody.get('/api/search?q=x', { maxRedirects: 0 }),
    'API, answered': await page.request.get('/api/search?q=zeus'),
    'API, missing': await page.request.get('/api/no-such-handler'),
    'API, wrong method': await page.request.post('/api/search', { data: {} }),
    export: await page.request.get('/api/customers/export'),
    'sign-in token': await nobody.get('/api/auth/csrf'),
    health: await nobody.get('/api/health'),
    icon: await nobody.get('/icon.svg'),
    'malformed address': await nobody.get('/%E0%A4%A'),
    'failed act': await page.request.post('/account', { headers: { 'next-action': 'x'.repeat(40) }, data: '[]' }),
  };
  for (const [what, answer] of Object.entries(answers)) {
    expectGuarded(answer, what);
    expect(answer.headers()['cache-control'], what).toContain('no-store');
  }
  const script = await nobody.get(chunk);
  expectGuarded(script, 'script');
  expect(script.headers()['cache-control']).toContain('immutable');
  expectGuarded(await nobody.get('/_next/static/no-such-file.js'), 'missing script');
  const nonces = [html, await page.request.get('/customers')].map(
    (answer) => /'nonce-([^']+)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1],
  );
  expect(new Set(nonces).size, 'a nonce is used once').toBe(2);
  await nobody.dispose();
});

test('the sign-in page shows nothing of the portal, and an error page no inner detail', async ({ playwright }) => {
  const nobody = await playwright.request.newContext({ baseURL: environment().baseUrl });
  for (const address of ['/sign-in', '/no/such/page', '/%E0%A4%A', '/api/auth/nothing', '/customers/%00']) {
    const answer = await nobody.get(address, { maxRedirects: 0 });
    expect(answer.status(), address).toBeLessThan(500);
    expect(await answer.text(), address).not.toMatch(/node_modules|at \w+ \(|\.ts:\d+|Northwind|Ridge IT/);
  }
  await nobody.dispose();
});
