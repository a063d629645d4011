import { createServer, request as forward, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { environment } from './environment';
import { expect, newSecret, test } from './fixtures';
import { expectCount, onboard } from './steps';

test.describe.configure({ mode: 'parallel' });

interface Access {
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly secret: string;
}

const rightSecret = 'demo-secret-cloud-cockpit';

/** A door of this test's own to the simulator: two connections to one access are refused, rightly. */
const newAccess = async (): Promise<Access> => {
  const { baseUrl = '', tokenUrl } = environment().simulators['cloud-cockpit'] ?? {};
  const door = await listen(
    createServer((request, response) => {
      const { method = 'GET', headers, url = '/' } = request;
      const onward = forward(`${baseUrl}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    }),
  );
  // Ends with the worker, and keeps it from nothing.
  door.unref();
  const at = `http://127.0.0.1:${portOf(door)}`;
  return { baseUrl: at, tokenUrl: at + new URL(tokenUrl ?? baseUrl).pathname, secret: rightSecret };
};

async function createConnection(page: Page, name: string, { baseUrl, tokenUrl, secret }: Access): Promise<void> {
  await page.goto('/connections/new');
  await page.getByRole('combobox', { name: 'Owner' }).selectOption('Ridge IT');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('switch', { name: 'Sandbox' }).check();
  await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await page.getByRole('textbox', { name: 'Token URL' }).fill(tokenUrl);
  await page.getByRole('textbox', { name: 'Tenant domain' }).fill('portal.ridge-it.example');
  await page.getByRole('textbox', { name: 'Client id' }).fill('quayside-demo');
  await page.getByLabel(/^Client secret/).fill(secret);
  await page.getByRole('button', { name: 'Create the connection' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function testConnection(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test the connection' }).click();
}

const portOf = (server: net.Server | Server): number => {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const listen = async <Kind extends net.Server>(server: Kind): Promise<Kind> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

/** A vendor that signs everybody in and then answers every read in its own way. */
const strangeVendor = (status: number, contentType: string, body: string) =>
  listen(
    createServer((request, response) => {
      request.resume();
      if (request.method === 'POST') {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: 'a.b.c' }));
      } else {
        response.writeHead(status, { 'content-type': contentType });
        response.end(body);
      }
    }),
  );

test('a connection is created, tested, edited, and its secret never shown again', async ({
  pageOf,
  newName,
  watch,
}) => {
  watch.allow(/nothing/);
  const page = await pageOf('cspAdmin');
  const name = newName('link');
  await createConnection(page, name, await newAccess());
  await expect(page.getByText('Not tested')).toBeVisible();
  await expect(page.getByLabel(/^Client secret/)).toHaveValue('');
  await testConnection(page);
  await expect(page.getByText('The connection works').first()).toBeVisible();

  const renamed = newName('link');
  await page.getByRole('textbox', { name: 'Name' }).fill(renamed);
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await expect(page.getByText('The connection is saved')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: renamed })).toBeVisible();
  await expect(page.getByText(/Leave it empty to keep it/)).toBeVisible();
  // The kept secret still signs in.
  await testConnection(page);
  await expect(page.getByText('The connection works').first()).toBeVisible();
});

test('a secret is asked for again when it would go elsewhere', async ({ pageOf, newName }) => {
  const page = await pageOf('cspAdmin');
  await createConnection(page, newName('link'), await newAccess());
  await page.getByRole('textbox', { name: 'Token URL' }).fill('http://127.0.0.1:9/elsewhere/oauth2/v2.0/token');
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await expect(page.getByText(/Type it again: it would be sent to another address/).first()).toBeVisible();
});

test('the test says in words: name or network', async ({ pageOf, newName }) => {
  const closed = await listen(net.createServer());
  const port = portOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  const page = await pageOf('cspAdmin');
  const at = `http://127.0.0.1:${port}`;
  await createConnection(page, newName('link'), { baseUrl: at, tokenUrl: `${at}/token`, secret: newSecret() });
  await testConnection(page);
  await expect(page.getByText('The test failed: the vendor cannot be reached')).toBeVisible();
});

test('the test says in words: TLS', async ({ pageOf, newName }) => {
  const plain = await listen(net.createServer((socket) => socket.end('220 this is not TLS\r\n')));
  const page = await pageOf('cspAdmin');
  const at = `https://localhost:${portOf(plain)}`;
  await createConnection(page, newName('link'), { baseUrl: at, tokenUrl: `${at}/token`, secret: newSecret() });
  await testConnection(page);
  await expect(page.getByText('The test failed: no secure connection')).toBeVisible();
  plain.close();
});

test('the test says in words: credentials, and the connection is out of use until they are mended', async ({
  pageOf,
  newName,
}) => {
  const page = await pageOf('cspAdmin');
  const name = newName('link');
  await createConnection(page, name, { ...(await newAccess()), secret: newSecret() });
  await testConnection(page);
  await expect(page.getByText('The test failed: the sign-in was refused')).toBeVisible();
  await expect(page.getByText('The vendor refused the sign-in').first()).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'Needs somebody' })).toContainText(name);
  await page.goto(`/connections?q=${encodeURIComponent(name)}`);
  await page.getByRole('link', { name }).click();
  await page.getByLabel(/^Client secret/).fill(rightSecret);
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await expect(page.getByText('The connection is saved')).toBeVisible();
  await testConnection(page);
  await expect(page.getByText('The connection works').first()).toBeVisible();
});

test('the test says in words: permission', async ({ pageOf, newName }) => {
  const vendor = await strangeVendor(403, 'text/plain', '');
  const page = await pageOf('cspAdmin');
  const at = `http://127.0.0.1:${portOf(vendor)}`;
  await createConnection(page, newName('link'), { baseUrl: at, tokenUrl: `${at}/token`, secret: newSecret() });
  await testConnection(page);
  await expect(page.getByText('The test failed: these credentials may not read customers')).toBeVisible();
  vendor.closeAllConnections();
  vendor.close();
});

test('the test says in words: contract', async ({ pageOf, newName }) => {
  const vendor = await strangeVendor(200, 'text/html', '<!doctype html><title>Somebody else</title>');
  const page = await pageOf('cspAdmin');
  const at = `http://127.0.0.1:${portOf(vendor)}`;
  await createConnection(page, newName('link'), { baseUrl: at, tokenUrl: `${at}/token`, secret: newSecret() });
  await testConnection(page);
  await expect(
    page
      .getByText('The test failed: the answer is not the vendor’s')
      .or(page.getByText("The test failed: the answer is not the vendor's")),
  ).toBeVisible();
  vendor.closeAllConnections();
  vendor.close();
});

test('a disabled connection is used by nobody until it is enabled', async ({ pageOf, newName }) => {
  const page = await pageOf('cspAdmin');
  const name = newName('link');
  await createConnection(page, name, await newAccess());
  const address = page.url();
  await page.getByRole('button', { name: 'Disable the connection' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable the connection' }).click();
  await expect(page.getByText('This connection is disabled')).toBeVisible();
  await page.goto('/customers/new');
  await expect(page.getByRole('checkbox', { name: new RegExp(`^${name}`) })).toBeDisabled();
  await page.goto(address);
  await page.getByRole('button', { name: 'Enable the connection' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Enable the connection' }).click();
  await expect(page.getByText('This connection is disabled')).toHaveCount(0);
});

test('a partner is mapped to what is picked from the vendor, and to nothing twice', async ({ pageOf, newName }) => {
  const page = await pageOf('cspAdmin');
  const name = newName('link');
  await createConnection(page, name, await newAccess());
  await page.getByRole('switch', { name: 'Partners below may use it' }).check();
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await expect(page.getByText('The connection is saved')).toBeVisible();
  await page.getByRole('button', { name: 'Map a partner' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Partner' }).click();
  await dialog.getByRole('option', { name: 'Harbor Cloud' }).click();
  await dialog.getByRole('combobox', { name: 'At Cloud Cockpit' }).fill('Altamar');
  await dialog.getByRole('option', { name: /Altamar Informática/ }).click();
  await dialog.getByRole('button', { name: 'Map Harbor Cloud' }).click();
  await expect(page.getByText('Harbor Cloud is mapped to Altamar Informática')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Mappings' })).toContainText('Altamar Informática');

  // It counts at once for the partner's own form.
  const harbor = await pageOf('harborOperator');
  await harbor.goto('/customers/new');
  await expect(harbor.getByRole('checkbox', { name: new RegExp(`^${name}`) })).toHaveAccessibleDescription(
    /as Altamar Informática/,
  );
  await page.getByRole('button', { name: 'Remove the mapping of Harbor Cloud' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(page.getByText('The mapping of Harbor Cloud is removed')).toBeVisible();
});

test('who uses a shared connection sees neither its settings nor what travelled', async ({ pageOf, newName }) => {
  const page = await pageOf('harborOperator');
  await page.goto('/connections');
  await page.getByRole('link', { name: 'Ridge IT Cloud Cockpit sandbox' }).click();
  await expect(page.getByText('Its settings are seen by admins and operators of Ridge IT.')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('quayside-demo');
  await expect(page.getByRole('button', { name: 'Test the connection' })).toHaveCount(0);
  const name = newName();
  await onboard(page, name);
  await expectCount(page, '1 succeeded');
  await page.getByRole('button', { name: /^Create POST/ }).click();
  await expect(
    page.getByText(/this connection belongs to Ridge IT, and is for admins and operators there/),
  ).toBeVisible();
});
