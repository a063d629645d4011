import 'server-only';
import pg from 'pg';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import type { AttemptState, Operation } from '../attempts/attempt';
import type { Actor } from '../auth/actor';
import type { TestDatabase } from '../testing/database';
import type { VendorKey, VendorProblem } from '../vendors/vendor';

/** For tests of lists: rows written past every door, as old and in whatever state a test wants them. */
export interface ListFixture {
  connection(given: { partnerId: string; name?: string; vendor?: VendorKey; shared?: boolean }): Promise<string>;
  customer(given: { partnerId: string; name: string; country?: string; at?: Date }): Promise<CustomerGiven>;
  onboarding(given: { customer: CustomerGiven; actor: Actor; at?: Date }): Promise<OnboardingGiven>;
  attempt(given: AttemptGiven): Promise<string>;
  account(given: { customer: CustomerGiven; connectionId: string; vendorId: string }): Promise<void>;
  /** SQL as the superuser of the test's database. */
  sql(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Record<string, unknown>>>;
  end(): Promise<void>;
}

export interface CustomerGiven {
  readonly id: string;
  readonly partnerId: string;
  readonly name: string;
}

export interface OnboardingGiven {
  readonly id: string;
  readonly correlationId: string;
  readonly customer: CustomerGiven;
  readonly actor: Actor;
  readonly at: Date;
}

export interface AttemptGiven {
  readonly onboarding: OnboardingGiven;
  readonly connectionId: string;
  readonly vendor?: VendorKey;
  readonly connectionName?: string;
  readonly operation?: Operation;
  readonly state?: AttemptState;
  /** Default: a minute from now. */
  readonly deadline?: Date;
  readonly at?: Date;
  readonly sentAt?: Date | null;
  readonly closedAt?: Date | null;
  readonly outcome?: VendorProblem | null;
  readonly vendorId?: string | null;
  readonly vendorCorrelationId?: string | null;
  readonly retryOf?: string | null;
  readonly retriedBy?: string | null;
  /** Of a service: the customer's attempt that it waits or waited for, and when that was there. */
  readonly waitsFor?: string | undefined;
  readonly releasedAt?: Date | null;
  readonly contradicted?: boolean;
  readonly settlement?: 'look-up' | 'by-hand' | null;
  readonly words?: string;
  /** Milliseconds of the request of its create. */
  readonly vendorMs?: number;
}

/** A problem of a kind, with nothing else to say. */
export function problemOf(kind: VendorProblem['kind'], retryable = false): VendorProblem {
  const nothing = { vendorType: null, vendorDescription: null, vendorCorrelationId: null, retryAfterSeconds: null };
  return { kind, effect: 'none', status: null, message: kind, params: {}, fieldErrors: [], ...nothing, retryable };
}

const insert = (table: string, row: Readonly<Record<string, unknown>>) => ({
  text: `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, place) => `$${place + 1}`)})`,
  values: Object.values(row),
});

/** Connects to a test's database as its superuser. End it after the last test. */
export async function openListFixture(database: TestDatabase): Promise<ListFixture> {
  const client = new pg.Client({ connectionString: database.superUrl });
  await client.connect();
  const add = (table: string, row: Readonly<Record<string, unknown>>) => client.query(insert(table, row));
  const who = (actor: Actor) => ({
    actor_id: actor.userId,
    actor_name: actor.name,
    actor_role: actor.role,
    actor_partner: actor.partnerName,
  });
  let made = 0;
  const idAt = (at: Date) => {
    made += 1;
    // Rows of the same millisecond keep the order in which they were made.
    return uuidv7({ msecs: at.getTime(), seq: made });
  };
  return {
    async connection({ partnerId, name = 'Sandbox', vendor = 'cloud-cockpit', shared = false }) {
      const id = uuidv7();
      await add('connection', { id, partner_id: partnerId, key: id, vendor, name, shared });
      return id;
    },
    async customer({ partnerId, name, country = 'PT', at = new Date() }) {
      const id = idAt(at);
      await add('customer', { id, partner_id: partnerId, name, country, created_at: at });
      await client.query(`select search_put('customer', $1, $2, $3)`, [id, partnerId, name]);
      return { id, partnerId, name };
    },
    async onboarding({ customer, actor, at = new Date() }) {
      const given = { id: idAt(at), correlationId: uuidv4(), customer, actor, at };
      const row = { id: given.id, correlation_id: given.correlationId, partner_id: customer.partnerId, opened_at: at };
      await add('onboarding', { ...row, customer_id: customer.id, plan_hash: '', request_hash: '', ...who(actor) });
      return given;
    },
    async attempt({ onboarding, connectionId, at = onboarding.at, ...given }) {
      const id = idAt(at);
      const { customer, actor, correlationId } = onboarding;
      await add('attempt', {
        ...{ id, correlation_id: correlationId, partner_id: customer.partnerId, customer_id: customer.id },
        ...{ connection_id: connectionId, owner_partner_id: customer.partnerId, connection_version: 1, subject: id },
        connection_name: given.connectionName ?? 'Sandbox',
        vendor: given.vendor ?? 'cloud-cockpit',
        operation: given.operation ?? (given.waitsFor === undefined ? 'create-customer' : 'add-service'),
        state: given.state ?? 'succeeded',
        deadline: given.deadline ?? new Date(Date.now() + 60_000),
        ...{ opened_at: at, sent_at: given.sentAt ?? null, closed_at: given.closedAt ?? null },
        ...{ outcome: given.outcome ?? null, vendor_id: given.vendorId ?? null },
        ...{ vendor_correlation_id: given.vendorCorrelationId ?? null, retry_of: given.retryOf ?? null },
        ...{ waits_for: given.waitsFor ?? null, release_ms: given.waitsFor === undefined ? null : 10_000 },
        ...{ released_at: given.releasedAt ?? null },
        ...{ retried_by: given.retriedBy ?? null, contradicted: given.contradicted ?? false },
        ...{ settlement: given.settlement ?? null, payload_hash: '', ...who(actor) },
      });
      if (given.words !== undefined) {
        await client.query(`select search_put('attempt', $1, $2, $3)`, [id, customer.partnerId, given.words]);
      }
      if (given.vendorMs !== undefined) {
        await add('exchange', {
          ...{ id: uuidv7(), attempt_id: id, partner_id: customer.partnerId, owner_partner_id: customer.partnerId },
          ...{ purpose: 'create', method: 'POST', started_at: at, duration_ms: given.vendorMs, phase: 'answered' },
          ...{ status: 200, request_bytes: 0, response_bytes: 0, content_hash: '' },
        });
      }
      return id;
    },
    async account({ customer, connectionId, vendorId }) {
      const row = {
        id: uuidv7(),
        customer_id: customer.id,
        partner_id: customer.partnerId,
        connection_id: connectionId,
      };
      const rest = { vendor: 'cloud-cockpit', vendor_id: vendorId, origin: 'created', correlation_id: uuidv4() };
      await add('vendor_account', { ...row, ...rest });
    },
    sql: (text, values = []) => client.query<Record<string, unknown>>(text, [...values]),
    end: () => client.end(),
  };
}
