import './matrix-next';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../auth/actor';
import type { Role } from '../auth/permissions';
import { emptyCustomerFacts } from '../customers/customer-facts';
import { asSystem } from '../db/as-system';
import { closeDatabases } from '../db/client';
import { withClient } from '../db/logins';
import { addPartner } from '../partners/add-partner';
import { addService } from '../services/add-service';
import { planService } from '../services/plan-service';
import { addVendorPartner } from '../vendor-partners/add-partner';
import { planPartner } from '../vendor-partners/plan-partner';
import { emptyServiceInput } from '../vendors/avepoint/services/input';
import { type AvepointSimulator, startAvepointSimulator } from '../vendors/avepoint/simulator';
import { simulatedCustomer } from '../vendors/avepoint/simulator/state';
import { type CoveSimulator, startCoveSimulator } from '../vendors/cove/simulator';
import { closeVendors } from '../vendors/registry';
import { testDatabase } from './database';
import { addActor, addAvepoint, addCove, addCustomerAboard, addTree } from './world';

const database = await testDatabase();
const races = 40;
let avepointSimulator: AvepointSimulator;
let coveSimulator: CoveSimulator;
let tree: Awaited<ReturnType<typeof addTree>>;
let avepoint: string;
let cove: string;

beforeAll(async () => {
  const customers = Array.from({ length: races }, (_, at) => simulatedCustomer(100 + at, `Service ${at}`, 'PT'));
  avepointSimulator = await startAvepointSimulator({ customers });
  coveSimulator = await startCoveSimulator();
  tree = await addTree();
  const { url: baseUrl, tokenUrl } = avepointSimulator;
  avepoint = await addAvepoint({ ownerPartnerId: tree.csp, baseUrl, tokenUrl });
  cove = await addCove({ ownerPartnerId: tree.csp, baseUrl: coveSimulator.baseUrl });
});
afterAll(async () => {
  await closeVendors();
  await avepointSimulator.stop();
  await coveSimulator.stop();
  await closeDatabases();
  await database.drop();
});

/** An act that is ready to be done, and how to tell that it stands. */
interface Ready {
  readonly act: () => Promise<unknown>;
  /** A query without rows while it does not stand. */
  readonly stands: readonly [sql: string, value: string];
}

const acts: Readonly<Record<string, { readonly role: Role; ready(actor: Actor, race: number): Promise<Ready> }>> = {
  'a service is added': {
    role: 'operator',
    async ready(actor, race) {
      const vendorId = avepointSimulator.control.customers()[race]?.id ?? '';
      const about = { partnerId: tree.csp, connectionId: avepoint, vendorId, name: 'Zeus & Sons' };
      const customerId = await addCustomerAboard(about);
      const input = {
        ...emptyServiceInput,
        product: 'cloud-backup-m365',
        license: 'trial',
        storage: 's3',
        retentionYears: 1,
      };
      const submission = {
        ...{ correlationId: uuidv7(), customerId, connectionId: avepoint, input, anyway: false, retryOf: null },
      };
      const { planHash } = await planService(actor, submission);
      return {
        act: () => addService(actor, planHash, submission),
        stands: ['select from onboarding where correlation_id = $1', submission.correlationId],
      };
    },
  },
  'a partner is added at Cove': {
    role: 'admin',
    async ready(actor) {
      const submission = {
        ...{ correlationId: uuidv7(), connectionId: cove, partnerId: tree.csp, parentId: '50300', mapTo: null },
        facts: { ...emptyCustomerFacts, name: `Race ${uuidv7()}`, country: 'PT' },
        ...{ input: { level: 'Reseller' }, anyway: false, retryOf: null },
      };
      const { planHash } = await planPartner(actor, submission);
      return {
        act: () => addVendorPartner(actor, planHash, submission),
        stands: ['select from onboarding where correlation_id = $1', submission.correlationId],
      };
    },
  },
  'a partner is added to our tree': {
    role: 'admin',
    async ready(actor) {
      const name = `Race ${uuidv7()}`;
      return {
        act: () => addPartner(actor, { parentId: tree.csp, kind: 'reseller', name }),
        stands: ['select from partner where name = $1', name],
      };
    },
  },
};

/** Takes the right away, and says whether the act stood when the removal was made. */
async function removeRight(client: pg.Client, userId: string, [sql, value]: Ready['stands']): Promise<boolean> {
  await client.query('begin');
  await client.query(`delete from role_grant where user_id = $1 and role <> 'viewer'`, [userId]);
  const { rowCount } = await client.query(sql, [value]);
  await client.query('commit');
  return rowCount === 1;
}

async function roundTrips(client: pg.Client, count: number): Promise<void> {
  for (let trip = 0; trip < count; trip += 1) await client.query('select 1');
}

describe('S39: a right removed between check and use never wins', () => {
  test.each(Object.keys(acts))(`${races} races: %s`, { timeout: 240_000 }, async (name) => {
    const act = acts[name];
    if (act === undefined) throw new Error('no such act');
    const tally = { before: 0, refused: 0, won: 0, odd: 0 };
    // Later after a refusal and sooner after a win of the act: so the removals gather around the check, however fast either is.
    let trips = 0;
    await withClient(database.superUrl, async (client) => {
      for (let race = 0; race < races; race += 1) {
        const actor = await addActor({ partnerId: tree.csp, role: act.role });
        // Whoever loses the right may look on: what is refused is the act, not the sight.
        const { userId } = actor;
        const viewer = { id: uuidv7(), userId, role: 'viewer', partnerId: tree.csp };
        await asSystem('seed', (tx) => tx.roleGrant.create({ data: viewer }));
        const ready = await act.ready(actor, race);
        const [end, stood] = await Promise.all([
          ready.act().then(
            () => 'done',
            (error: unknown) => (error instanceof Error ? error.name : 'other'),
          ),
          roundTrips(client, trips).then(() => removeRight(client, userId, ready.stands)),
        ]);
        if (end === 'done') tally[stood ? 'before' : 'won'] += 1;
        else if (end === 'Forbidden') tally[stood ? 'odd' : 'refused'] += 1;
        else tally.odd += 1;
        trips = stood ? Math.max(0, trips - 2) : trips + 3;
      }
    });
    process.stdout.write(`S39: ${name}: ${tally.before} before the removal, ${tally.refused} refused\n`);
    expect(tally).toMatchObject({ won: 0, odd: 0 });
    expect(Math.min(tally.before, tally.refused)).toBeGreaterThan(0);
  });
});
