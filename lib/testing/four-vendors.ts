import 'server-only';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { demoPartners, seedDemo } from '@/prisma/seed';
import type { Actor } from '../auth/actor';
import { type ConnectionDeclaration, demoConnections } from '../commands/demo-connections';
import { applyConnectionsFile } from '../connections/apply-file';
import { emptyCustomerFacts } from '../customers/customer-facts';
import { asSystem } from '../db/as-system';
import { forgetEnv } from '../env';
import type { Submission } from '../onboarding/submission';
import type { RunningSimulators } from '../vendors/simulators';
import { type VendorKey, vendorKeys } from '../vendors/vendor';
import { addActor } from './world';

/** A customer as a simulated vendor has it. */
export interface CustomerThere {
  readonly id: string;
  readonly name: string;
  /** Our key, where the vendor has a slot for it. */
  readonly key: string | null;
}

/** A create as a simulated vendor received it; `ending` is the fault that it met. */
export interface CreateThere {
  readonly status: number | null;
  readonly applied: boolean;
  readonly ending: string | null;
}

/** The demo's CSP with a connection to each of the four simulated vendors. */
export interface FourVendors {
  readonly operator: Actor;
  readonly partnerId: string;
  readonly connections: Readonly<Record<VendorKey, string>>;
  /** A complete form; `names` gives a vendor another name than the customer's (`… sim:reset-after`). */
  submission(name: string, names?: Partial<Readonly<Record<VendorKey, string>>>): Submission;
  /** What a vendor has whose name begins with this. */
  customersAt(vendor: VendorKey, name: string): Promise<readonly CustomerThere[]>;
  /** The creates that a vendor received for a name that begins with this. */
  createsAt(vendor: VendorKey, name: string): Promise<readonly CreateThere[]>;
  control(vendor: VendorKey, action: string, body?: unknown): Promise<void>;
}

const logSchema = z.array(
  z.looseObject({ status: z.number().nullable(), applied: z.boolean(), ending: z.string().nullable() }),
);
const rowsSchema = z.array(z.looseObject({}));

/** Where each simulator keeps what, and under which names. */
const places = {
  'cloud-cockpit': { rows: 'customers', name: 'companyName', key: 'internalIdentifier', sent: 'companyName' },
  avepoint: { rows: 'customers', name: 'organization', key: null, sent: 'organizationName' },
  cove: { rows: 'partners', name: 'name', key: 'externalCode', sent: 'name' },
  cloudlx: { rows: 'customers', name: 'name', key: null, sent: 'customerName' },
} as const;

/** Seeds the demo and declares its connections to these simulators. Needs a migrated database in `env()`. */
export async function setUpFourVendors(
  { urls }: Pick<RunningSimulators, 'urls'>,
  { timeoutMs = 1_000 }: { readonly timeoutMs?: number } = {},
): Promise<FourVendors> {
  await seedDemo();
  await declareConnections(demoConnections(urls));
  await asSystem('seed', (tx) => tx.connectionSetting.updateMany({ data: { timeoutMs } }));
  const rows = await asSystem('seed', (tx) => tx.connection.findMany({ select: { id: true, vendor: true } }));
  const idOf = (vendor: VendorKey) => rows.find((row) => row.vendor === vendor)?.id ?? '';
  const partnerId = demoPartners[1].id;
  const operator = await addActor({ partnerId, role: 'operator' });
  const connections = {
    'cloud-cockpit': idOf('cloud-cockpit'),
    avepoint: idOf('avepoint'),
    cove: idOf('cove'),
    cloudlx: idOf('cloudlx'),
  };
  const baseOf = (vendor: VendorKey) => new URL(urls[vendor]?.baseUrl ?? 'http://127.0.0.1:1').origin;
  const read = async (vendor: VendorKey, what: string): Promise<unknown> =>
    (await fetch(`${baseOf(vendor)}/__control/${what}`)).json();
  return {
    operator,
    partnerId,
    connections,
    submission: (name, names = {}) => submissionFor({ partnerId, connections, name, names }),
    async customersAt(vendor, name) {
      const place = places[vendor];
      const state = z.record(z.string(), z.unknown()).parse(await read(vendor, 'state'));
      return rowsSchema.parse(state[place.rows]).flatMap((row) =>
        String(row[place.name]).startsWith(name)
          ? [
              {
                id: String(row.id),
                name: String(row[place.name]),
                key: place.key === null ? null : String(row[place.key]),
              },
            ]
          : [],
      );
    },
    async createsAt(vendor, name) {
      return logSchema
        .parse(await read(vendor, 'log'))
        .filter((row) => String(row[places[vendor].sent]).startsWith(name));
    },
    async control(vendor, action, body) {
      const answer = await fetch(`${baseOf(vendor)}/__control/${action}`, {
        method: 'POST',
        body: JSON.stringify(body ?? null),
      });
      if (!answer.ok) throw new Error(`the simulator of ${vendor} refused ${action}`);
    },
  };
}

/** Creates or updates connections as a file at start-up would. */
export async function declareConnections(declarations: readonly ConnectionDeclaration[]): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-connections-'));
  const before = process.env.QUAYSIDE_CONNECTIONS_FILE;
  process.env.QUAYSIDE_CONNECTIONS_FILE = path.join(folder, 'connections.json');
  try {
    writeFileSync(process.env.QUAYSIDE_CONNECTIONS_FILE, JSON.stringify(declarations));
    forgetEnv();
    await applyConnectionsFile();
  } finally {
    if (before === undefined) delete process.env.QUAYSIDE_CONNECTIONS_FILE;
    else process.env.QUAYSIDE_CONNECTIONS_FILE = before;
    forgetEnv();
    rmSync(folder, { recursive: true });
  }
}

/** A complete form for a customer at all four vendors; `names` gives a vendor another name than the customer's. */
export function submissionFor(given: {
  readonly partnerId: string;
  readonly connections: Readonly<Record<VendorKey, string>>;
  readonly name: string;
  readonly names: Partial<Readonly<Record<VendorKey, string>>>;
}): Submission {
  const { partnerId, connections, name, names } = given;
  const correlationId = uuidv7();
  const inputs: Readonly<Record<VendorKey, Record<string, unknown>>> = {
    'cloud-cockpit': { companyName: names['cloud-cockpit'] ?? '' },
    avepoint: { organizationName: names.avepoint ?? '', dataCenter: 'f1cdd2b2-ac32-4509-8784-fb2b947ef519' },
    cove: { name: names.cove ?? '' },
    cloudlx: { name: names.cloudlx ?? '', currency: 'EUR', realms: ['1'] },
  };
  return {
    correlationId,
    partnerId,
    customerId: null,
    facts: {
      ...emptyCustomerFacts,
      name,
      country: 'PT',
      addressLine1: 'Rua Nova 1',
      city: 'Lisboa',
      state: 'Lisboa',
      zip: '1000-001',
      firstName: 'Ana',
      lastName: 'Silva',
      // Its own, as AvePoint and CloudLX know people by it.
      email: `ana-${correlationId}@zeus-and-sons.com`,
      phone: '+351210000000',
    },
    vendors: vendorKeys.map((vendor) => ({
      connectionId: connections[vendor],
      input: inputs[vendor],
      decision: null,
      retryOf: null,
      ...(vendor === 'avepoint' ? { secrets: { password: initialPassword } } : {}),
    })),
  };
}

/** The first password that is sent to AvePoint: nowhere else may it be found. */
export const initialPassword = 'Canary-9fKq2-Initial-Password!';
