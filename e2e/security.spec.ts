import { randomUUID } from 'node:crypto';
import type { APIResponse, Page, Request } from '@playwright/test';
import type pg from 'pg';
import { environment } from './environment';
import { expect, test } from './fixtures';
import { demoPartners } from './people';

/** What the matrix proves of the code, met once more through the built portal: statuses, bodies, headers. */

/** A customer of a partner, with an onboarding; made in the database. */
async function addRecords(database: pg.Pool, partner: keyof typeof demoPartners, name: string) {
  const ids = { customerId: randomUUID(), correlationId: randomUUID() };
  const partnerId = demoPartners[partner];
  await database.query('insert into customer (id, partner_id, name, country) values ($1, $2, $3, $4)', [
    ids.customerId,
    partnerId,
    name,
    'PT',
  ]);
  await database.query(
    `insert into onboarding (correlation_id, id, partner_id, customer_id, plan_hash, request_hash, actor_id, actor_name,
       actor_role, actor_partner) values ($1, $2, $3, $4, 'p', 'r', $2, $5, 'operator', $5)`,
    [ids.correlationId, randomUUID(), partnerId, ids.customerId, name],
  );
  return ids;
}

const addresses = (ids: { readonly customerId: string; readonly correlationId: string }) => [
  `/customers/${ids.customerId}`,
  `/onboardings/${ids.correlationId}`,
  `/api/onboardings/${ids.correlationId}`,
  `/api/onboardings/${ids.correlationId}/download`,
  `/customers/new?customer=${ids.customerId}`,
];

/** An answer as it is read: without scripts (which stream in no fixed order), nonces and the id that was asked for. */
async function bareAnswer(response: APIResponse, ids: Readonly<Record<string, string>>): Promise<string> {
  const text = Object.values(ids).reduce((body, id) => body.replaceAll(id, '·'), await response.text());
  return `${response.status()} ${text.replaceAll(/<script\b[\s\S]*?<\/script>|nonce="[^"]*"/g, '')}`;
}

test('S31: a record of another branch answers like one that does not exist', async ({ pageOf, database, newName }) => {
  const { request } = await pageOf('harborOperator');
  const name = newName();
  const theirs = await addRecords(database, 'pineSystems', name);
  const absent = { customerId: randomUUID(), correlationId: randomUUID() };
  for (const [index, address] of addresses(theirs).entries()) {
    const foreign = await request.get(address);
    expect(foreign.status(), address).toBe(404);
    expect(await foreign.text(), address).not.toContain(name);
    const twin = await request.get(addresses(absent)[index] ?? '');
    expect(await bareAnswer(foreign, theirs), address).toBe(await bareAnswer(twin, absent));
  }
});

test('one’s own record is there, and nobody without a session sees it', async ({
  pageOf,
  playwright,
  database,
  newName,
}) => {
  const { request } = await pageOf('harborOperator');
  const name = newName();
  const ours = await addRecords(database, 'harborCloud', name);
  const nobody = await playwright.request.newContext({ baseURL: environment().baseUrl });
  for (const address of addresses(ours)) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(200);
    expect(await answer.text(), address).toContain(name);
    const refused = await nobody.get(address, { maxRedirects: 0 });
    expect([307, 401], address).toContain(refused.status());
    expect(await refused.text(), address).not.toContain(name);
  }
  await nobody.dispose();
});

/** What the browser sends when somebody saves a time zone. */
async function captureAction(page: Page): Promise<Request> {
  await page.goto('/account');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/account'));
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await zone.click();
  await zone.fill('Lisbon');
  await page.getByRole('option', { name: /Lisbon/ }).click();
  await page.getByRole('button', { name: /^Save/ }).click();
  return sent;
}

test('S40: an action runs only for a request from our own pages', async ({ signedIn, newPerson, database }) => {
  const person = await newPerson({ partner: 'harborCloud', role: 'viewer' });
  const page = await signedIn(person);
  const action = await captureAction(page);
  const { baseUrl } = environment();
  const headers = { ...(await action.allHeaders()) };
  for (const name of Object.keys(headers))
    if (/^(:|host$|content-length$|origin$|sec-fetch-site$)/.test(name)) delete headers[name];
  const foreign = 'https://evil.example';
  const combinations: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
    ['ours', { origin: baseUrl, 'sec-fetch-site': 'same-origin' }, true],
    ['no Origin', {}, false],
    ['another site', { origin: foreign, 'sec-fetch-site': 'cross-site' }, false],
    ['another site with a matching X-Forwarded-Host', { origin: foreign, 'x-forwarded-host': 'evil.example' }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['our Origin, said to be cross-site', { origin: baseUrl, 'sec-fetch-site': 'cross-site' }, false],
    ['our Origin, said to be same-site', { origin: baseUrl, 'sec-fetch-site': 'same-site' }, false],
    ['our Origin, said to come from no page', { origin: baseUrl, 'sec-fetch-site': 'none' }, false],
    ['our Origin from a browser that says no more', { origin: baseUrl }, true],
    ['no Origin, said to be ours', { 'sec-fetch-site': 'same-origin' }, false],
    ['another site, said to be ours', { origin: foreign, 'sec-fetch-site': 'same-origin' }, false],
    ['our name on another port', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }, false],
  ];
  for (const [what, differing, runs] of combinations) {
    await database.query(`update app_user set time_zone = 'UTC' where id = $1`, [person.id]);
    await page.request.post(action.url(), {
      headers: { ...headers, ...differing },
      data: action.postDataBuffer() ?? Buffer.alloc(0),
    });
    const { rows } = await database.query('select time_zone from app_user where id = $1', [person.id]);
    expect(rows[0]?.time_zone, what).toBe(runs ? 'Europe/Lisbon' : 'UTC');
  }
});

test('S41: an action that is sent rubbish answers without a stack trace, and not with status 500', async ({
  signedIn,
  newPerson,
}) => {
  const page = await signedIn(await newPerson({ partner: 'harborCloud', role: 'viewer' }));
  const action = await captureAction(page);
  const headers = { ...(await action.allHeaders()), origin: environment().baseUrl };
  for (const name of Object.keys(headers))
    if (/^(:|host$|content-length$)/.test(name)) Reflect.deleteProperty(headers, name);
  const bodies = [
    '[]',
    '[null]',
    '[{"__proto__":{"a":1}}]',
    `["${'x'.repeat(200_000)}"]`,
    '[{"timeZone":"\\u0000"}]',
    '[{"timeZone":"\\ud800"}]',
  ];
  for (const data of bodies) {
    const answer = await page.request.post(action.url(), { headers, data });
    expect(answer.status(), data.slice(0, 40)).toBeLessThan(500);
    expect(await answer.text(), data.slice(0, 40)).not.toMatch(/node_modules|at \w+ \(|\.ts:\d+/);
  }
});
