import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudCockpitSimulator, startCloudCockpitSimulator } from './simulator';
import { demoData } from './simulator/state';

// Spoken to as the vendor's documentation says, by hand: our client has no part in this file.
let simulator: CloudCockpitSimulator;

beforeAll(async () => {
  simulator = await startCloudCockpitSimulator();
});
afterAll(() => simulator.stop());

const asHarbor = { client_id: 'quayside-demo-harbor', client_secret: 'demo-secret-cloud-cockpit-harbor' };

async function tokenOf(client: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(simulator.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'quayside-demo',
      client_secret: 'demo-secret-cloud-cockpit',
      scope: demoData.scope,
      ...client,
    }),
  });
  const { access_token: token }: { access_token: string } = await answer.json();
  return token;
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  client: Readonly<Record<string, string>> = {},
) {
  const answer = await fetch(simulator.url + path, {
    method,
    headers: {
      authorization: `Bearer ${await tokenOf(client)}`,
      'x-tenant': demoData.tenantDomain,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  return { status: answer.status, json };
}

const good = {
  companyName: 'Nova Cloud',
  country: 'PT',
  addressLine1: 'Rua do Porto 1',
  city: 'Lisboa',
  state: 'Lisboa',
  zipCode: '1000',
  firstName: 'Ana',
  lastName: 'Silva',
  email: 'ana@nova.example',
  phone: '+351 21',
  internalIdentifier: 'R-new',
};
const post = (body: unknown, client?: Readonly<Record<string, string>>) => ask('POST', '/v1/Resellers', body, client);

describe('POST /v1/Resellers', () => {
  test('answers the id as a JSON string; the reseller is read by it, listed and found', async () => {
    const { status, json: id } = await post(good);
    expect([status, typeof id]).toEqual([201, 'string']);
    expect((await ask('GET', `/v1/Resellers/${id}`)).json).toMatchObject({ id, ...good });
    const found = await ask('GET', '/v1/Resellers?searchField=InternalIdentifier&searchValue=r-NEW');
    expect(found.json).toMatchObject({ totalCount: 1, items: [{ id, companyName: 'Nova Cloud' }] });
    expect((await post({ ...good, id })).json).toMatchObject({ errors: [{ propertyName: 'Id' }] });
  });

  test('is for the role csp alone, and so is a reseller’s page', async () => {
    const before = simulator.control.resellers().length;
    expect((await post(good, asHarbor)).status).toBe(403);
    expect((await ask('GET', `/v1/Resellers/${demoData.resellers[0]?.id}`, undefined, asHarbor)).status).toBe(403);
    expect(simulator.control.resellers()).toHaveLength(before);
    expect((await ask('GET', '/v1/Resellers/5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7aff')).status).toBe(404);
  });

  test.each([
    ['ZipCode', { zipCode: '' }],
    ['ZipCode', { zipCode: '1'.repeat(31) }],
    ['CompanyName', { companyName: 'x' }],
    ['CompanyName', { companyName: 'No '.repeat(86) }],
    ['Country', { country: 'Portugal' }],
    ['Email', { email: 'ana' }],
    ['LastName', { lastName: undefined }],
    ['Id', { id: 'seven' }],
  ])('a wrong %s is refused by name (%j)', async (propertyName, fault) => {
    const { status, json } = await post({ ...good, ...fault });
    expect(status).toBe(400);
    expect(json).toMatchObject({ errors: [expect.objectContaining({ propertyName })] });
  });

  test('a customer may be given to a reseller that was added', async () => {
    const { json: resellerId } = await post({ ...good, companyName: 'Later Cloud' });
    const { zipCode: zip, ...rest } = good;
    const customer = { ...rest, zip, companyName: 'Of the new one', internalIdentifier: 'C-1', resellerId };
    expect((await ask('POST', '/v1/Customers', customer)).status).toBe(201);
  });
});
