import 'server-only';
import { type AttemptFilter, parseAttemptFilter } from '../attempts/attempt-filter';
import type { Actor } from '../auth/actor';
import { withClient } from '../db/logins';
import type { TestDatabase } from '../testing/database';
import { addActor, addCockpit, addPartner, addTree } from '../testing/world';

/** A distributor's database: so many partners, each with attempts. */

const distributors = 50;
const resellersEach = 100;
const attemptsEach = 20;

export interface ListWorld {
  /** Sees every partner. */
  readonly admin: Actor;
  /** One reseller, deep in the branch. */
  readonly partnerId: string;
}

/** Fills it past every door: rows as they would be, written in one go. */
export async function makeListWorld({ superUrl }: TestDatabase): Promise<ListWorld> {
  const { host } = await addTree();
  const admin = await addActor({ partnerId: host, role: 'admin' });
  const connectionId = await addCockpit({
    ownerPartnerId: host,
    baseUrl: 'http://127.0.0.1:9',
    tokenUrl: 'http://127.0.0.1:9/token',
  });
  const parents: string[] = [];
  for (let index = 0; index < distributors; index += 1) {
    parents.push(await addPartner({ key: `bench-csp-${index}`, kind: 'csp', parentId: host }));
  }
  return withClient(superUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into partner (id, key, name, kind, parent_id)
       select uuid_v7(), 'bench-' || p.place || '-' || n, 'Reseller ' || p.place || ' ' || n, 'reseller', p.id
       from unnest($1::uuid[]) with ordinality as p (id, place), generate_series(1, $2) n returning id`,
      [parents, resellersEach],
    );
    await client.query('set session_replication_role = replica');
    await client.query(
      `with customer as (
         insert into customer (id, partner_id, name, country)
         select uuid_v7(), p, 'Customer', 'PT' from unnest($1::uuid[]) p returning id, partner_id
       ), onboarding as (
         insert into onboarding (correlation_id, id, partner_id, customer_id, plan_hash, request_hash, actor_id, actor_name,
           actor_role, actor_partner)
         select gen_random_uuid(), uuid_v7(), partner_id, id, '', '', $2, 'Bench', 'admin', 'Host' from customer
         returning correlation_id, partner_id, customer_id
       )
       insert into attempt (id, correlation_id, partner_id, customer_id, connection_id, owner_partner_id, connection_name,
         connection_version, vendor, operation, subject, state, deadline, opened_at, actor_id, actor_name, actor_role,
         actor_partner, payload_hash)
       select uuid_v7(), o.correlation_id, o.partner_id, o.customer_id, $3, $4, 'Bench', 1, 'cloud-cockpit', 'create-customer',
         n::text || o.customer_id, 'succeeded', now(), now(), $2, 'Bench', 'admin', 'Host', ''
       from generate_series(1, $5) n, onboarding o`,
      [rows.map(({ id }) => id), admin.userId, connectionId, host, attemptsEach],
    );
    await client.query('set session_replication_role = default');
    await client.query('analyze');
    return { admin, partnerId: rows.at(-1)?.id ?? '' };
  });
}

/** The list's filter as a URL would name it. */
export function attemptFilterOf(partnerId: string | null): AttemptFilter {
  const query = new URLSearchParams(partnerId === null ? {} : { partner: partnerId });
  return parseAttemptFilter(query, { timeZone: 'UTC', now: new Date() });
}
