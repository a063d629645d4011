import { expect } from '@playwright/test';
import { z } from 'zod';
import type { CloudCockpitFault as Fault } from '../lib/vendors/cloud-cockpit/simulator/vendor';
import { environment } from './environment';

const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  query: z.string(),
  correlationId: z.string().nullable(),
  internalIdentifier: z.string().nullable(),
  companyName: z.string().nullable(),
  applied: z.boolean(),
  ending: z.string().nullable(),
  status: z.number().nullable(),
});
export type SeenRequest = z.infer<typeof requestSchema>;

const customerSchema = z.object({
  id: z.string(),
  companyName: z.string(),
  internalIdentifier: z.string().nullable(),
  resellerId: z.string().nullable(),
  correlationId: z.string().nullable(),
});
export type SeenCustomer = z.infer<typeof customerSchema>;

/** The simulated vendor's own view: what it received and what it has, and how it is made to misbehave. */
export interface Cockpit {
  readonly baseUrl: string;
  log: () => Promise<readonly SeenRequest[]>;
  /** Creates received for one onboarding, or for any customer of a name. */
  creates: (of: { correlationId?: string; name?: string }) => Promise<readonly SeenRequest[]>;
  /** Customers of this name that the vendor has. */
  customers: (name: string) => Promise<readonly SeenCustomer[]>;
  /** Strikes requests of one onboarding only, so that tests side by side stay out of each other's way. */
  strike: (correlationId: string, ...faults: readonly Omit<Fault, 'header'>[]) => Promise<void>;
  /** Makes a customer past the portal, as somebody at the vendor's own console would. Resolves with its id. */
  create: (name: string) => Promise<string>;
}

const tenantDomain = 'portal.ridge-it.example';

async function createAtConsole(baseUrl: string, name: string): Promise<string> {
  const tokenUrl = environment().simulators['cloud-cockpit']?.tokenUrl ?? '';
  const signIn = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'quayside-demo',
    client_secret: 'demo-secret-cloud-cockpit',
    scope: 'api://b92a36a4-feb8-4f47-a69c-29a180aa6d0a/.default',
  });
  const token = await fetch(tokenUrl, { method: 'POST', body: signIn });
  const { access_token } = z.object({ access_token: z.string() }).parse(await token.json());
  const answer = await fetch(`${baseUrl}/v1/Customers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'x-tenant': tenantDomain, 'content-type': 'application/json' },
    body: JSON.stringify({
      companyName: name,
      country: 'PT',
      addressLine1: 'Rua do Cais 12',
      city: 'Porto',
      state: 'Porto',
      zip: '4050-012',
      firstName: 'Ines',
      lastName: 'Costa',
      email: 'ines.costa@customer.example',
      phone: '+351 222 000 111',
    }),
  });
  return z.string().parse(await answer.json());
}

export function cockpitAt(baseUrl: string): Cockpit {
  const get = async (name: string): Promise<unknown> => (await fetch(`${baseUrl}/__control/${name}`)).json();
  const post = async (name: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${baseUrl}/__control/${name}`, { method: 'POST', body: JSON.stringify(body) });
    expect(answer.status, `${name} at the simulator`).toBe(200);
  };
  const log = async () => z.array(requestSchema).parse(await get('log'));
  return {
    baseUrl,
    log,
    creates: async ({ correlationId, name }) =>
      (await log()).filter(
        (one) =>
          one.method === 'POST' &&
          one.path.toLowerCase() === '/v1/customers' &&
          (correlationId === undefined || one.correlationId === correlationId) &&
          (name === undefined || one.companyName === name),
      ),
    customers: async (name) =>
      z
        .object({ customers: z.array(customerSchema) })
        .parse(await get('state'))
        .customers.filter((one) => one.companyName === name),
    strike: (correlationId, ...faults) =>
      post(
        'faults',
        faults.map((fault) => ({ ...fault, header: { name: 'x-correlation-id', contains: correlationId } })),
      ),
    create: (name) => createAtConsole(baseUrl, name),
  };
}
