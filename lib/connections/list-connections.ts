import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { rolesHolding } from '../auth/permissions';
import { asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { connectionInSight, inSight } from '../lists/in-branch';
import { vendorKeys } from '../vendors/vendor';
import type { ConnectionFilter } from './connection-filter';
import { type ConnectionRow, connectionStates } from './connection-view';
import { ownerNames } from './owner-names';

export interface ConnectionPage {
  readonly rows: readonly ConnectionRow[];
  /** Cursors of the neighbouring pages, or null. */
  readonly newer: string | null;
  readonly older: string | null;
}

const pageSize = 50;

const rowSchema = z.object({
  id: z.string(),
  partner_id: z.string(),
  vendor: z.enum(vendorKeys),
  name: z.string(),
  shared: z.boolean(),
  sandbox: z.boolean(),
  state: z.enum(connectionStates),
  since: z.date().nullable(),
  reads: z.boolean(),
  tested_at: z.date().nullable(),
  rate: z.number().nullable(),
});

/**
 * The connections of the actor's branch and those shared from above, newest first, a page at a time. Settings only where
 * the actor may read them at the owner.
 */
export async function listConnections(actor: Actor, filter: ConnectionFilter = {}): Promise<ConnectionPage> {
  const backwards = filter.before !== undefined;
  const found = await asActor(actor, async (tx) => {
    const raw = await tx.$queryRaw<unknown[]>`
      select * from (
        select c.id, c.partner_id, c.vendor, c.name, c.shared, c.sandbox,
          case when c.disabled_at is not null then 'disabled' when c.broken_at is not null then 'broken'
            when r.reads and s.tested_at is null then 'untested'
            when r.reads and s.test_result ->> 'ok' = 'false' then 'failing' else 'ready' end as state,
          coalesce(c.disabled_at, c.broken_at) as since, r.reads,
          case when r.reads then s.tested_at end as tested_at,
          case when r.reads then s.requests_per_second::float8 end as rate
        from connection c
        left join connection_setting s on s.connection_id = c.id and ${inSight(Prisma.sql`s.partner_id`)}
        cross join lateral (select exists (
          select from role_grant g join partner_closure pc on pc.ancestor_id = g.partner_id
          where g.user_id = ${actor.userId}::uuid and pc.descendant_id = c.partner_id
            and g.role in (${Prisma.join([...rolesHolding('connection.read-settings')])})
        ) as reads) r
        where ${connectionInSight('c')}
      ) found
      where ${Prisma.join(conditions(filter), ' and ')}
      order by id ${backwards ? Prisma.sql`asc` : Prisma.sql`desc`} limit ${pageSize + 1}`;
    return z.array(rowSchema).parse(raw);
  });
  const shown = found.slice(0, pageSize);
  const more = found.length > pageSize;
  if (backwards) shown.reverse();
  const names = await ownerNames(shown.map((row) => row.partner_id));
  return {
    rows: shown.map((row) => toRow(row, names.get(row.partner_id) ?? '')),
    newer: (backwards ? more : filter.after !== undefined) ? (shown[0]?.id ?? null) : null,
    older: (backwards ? true : more) ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Each filter that is set, as a condition. */
function conditions(filter: ConnectionFilter): Prisma.Sql[] {
  const text = filter.q?.trim().toLowerCase() ?? '';
  return [
    Prisma.sql`true`,
    ...(filter.vendor === undefined ? [] : [Prisma.sql`vendor = ${filter.vendor}`]),
    ...(filter.state === undefined ? [] : [Prisma.sql`state = ${filter.state}`]),
    ...(filter.partner === undefined
      ? []
      : [
          Prisma.sql`partner_id in (select below.descendant_id from partner_closure below
            where below.ancestor_id = ${filter.partner}::uuid and ${inSight(Prisma.sql`below.ancestor_id`)})`,
        ]),
    ...(text === '' ? [] : [Prisma.sql`position(${text} in lower(name)) > 0`]),
    ...(filter.after === undefined ? [] : [Prisma.sql`id < ${filter.after}::uuid`]),
    ...(filter.before === undefined ? [] : [Prisma.sql`id > ${filter.before}::uuid`]),
  ];
}

function toRow(row: z.infer<typeof rowSchema>, ownerName: string): ConnectionRow {
  return {
    connectionId: row.id,
    vendor: row.vendor,
    name: row.name,
    ownerName,
    shared: row.shared,
    sandbox: row.sandbox,
    state: row.state,
    since: row.since?.toISOString() ?? null,
    testedAt: row.tested_at?.toISOString() ?? null,
    requestsPerSecond: row.rate,
    settingsVisible: row.reads,
  };
}
