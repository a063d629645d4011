import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { type Role, roleHolds, roles } from '../auth/permissions';
import { asActor } from '../db/as-actor';
import type { Prisma } from '../db/generated/client';
import { getSessionFacts } from './session-facts';

export interface UserGrant {
  readonly role: Role;
  readonly partnerId: string;
  readonly partnerName: string;
}

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly partnerName: string;
  /** Those within the actor's branch. */
  readonly grants: readonly UserGrant[];
  /** ISO instants. */
  readonly lastSignInAt: string | null;
  readonly createdAt: string;
  readonly disabled: boolean;
}

export const userStates = ['enabled', 'disabled'] as const;

export interface UserFilter {
  /** Part of a name or e-mail address; empty for all. */
  readonly text: string;
  readonly state: (typeof userStates)[number] | null;
  readonly role: Role | null;
  /** Users of this partner and everything below it. */
  readonly partnerId: string | null;
  /** Keyset: users older than this id, or newer than that one. */
  readonly after: string | null;
  readonly before: string | null;
}

export interface UserPage {
  readonly rows: readonly UserRow[];
  /** Keys of the pages beside this one; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
}

const pageSize = 50;

/** Partners of the grants by which the actor manages users; the right holds there and below. */
function managedFrom(actor: Actor): string[] {
  return actor.grants.filter((grant) => roleHolds(grant.role, 'user.manage')).map((grant) => grant.partnerId);
}

function toWhere(actor: Actor, filter: UserFilter): Prisma.UserWhereInput {
  const contains = { contains: filter.text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
  return {
    partner: {
      ancestors: { some: { ancestorId: { in: managedFrom(actor) } } },
      ...(filter.partnerId === null ? {} : { AND: { ancestors: { some: { ancestorId: filter.partnerId } } } }),
    },
    ...(filter.text === '' ? {} : { OR: [{ name: contains }, { email: contains }] }),
    ...(filter.state === null ? {} : { disabledAt: filter.state === 'disabled' ? { not: null } : null }),
    ...(filter.role === null ? {} : { grants: { some: { role: filter.role } } }),
  };
}

/** The users whom the actor manages, newest first, one page of 50. */
export async function listUsers(actor: Actor, filter: UserFilter): Promise<UserPage> {
  const backwards = filter.after === null && filter.before !== null;
  const found = await asActor(actor, (tx) =>
    tx.user.findMany({
      where: {
        ...toWhere(actor, filter),
        ...(filter.after === null ? {} : { id: { lt: filter.after } }),
        ...(backwards && filter.before !== null ? { id: { gt: filter.before } } : {}),
      },
      include: { partner: true, grants: { include: { partner: true } } },
      orderBy: { id: backwards ? 'asc' : 'desc' },
      take: pageSize + 1,
    }),
  );
  const more = found.length > pageSize;
  const page = found.slice(0, pageSize);
  if (backwards) page.reverse();
  const sessions = await getSessionFacts(page.map((user) => user.id));
  return {
    rows: page.map((user) => ({
      id: user.id,
      name: user.name,
      email: user.email,
      partnerName: user.partner.name,
      grants: toGrants(user.grants),
      lastSignInAt: sessions.get(user.id)?.lastSignInAt ?? null,
      createdAt: user.createdAt.toISOString(),
      disabled: user.disabledAt !== null,
    })),
    newer: (backwards ? more : filter.after !== null) ? (page[0]?.id ?? null) : null,
    older: backwards || more ? (page.at(-1)?.id ?? null) : null,
  };
}

/** Grants as the screen shows them: strongest role first, then by partner. */
export function toGrants(
  grants: readonly { readonly role: string; readonly partnerId: string; readonly partner: { readonly name: string } }[],
): UserGrant[] {
  return grants
    .map((grant) => ({
      role: z.enum(roles).parse(grant.role),
      partnerId: grant.partnerId,
      partnerName: grant.partner.name,
    }))
    .sort(
      (one, other) =>
        roles.indexOf(one.role) - roles.indexOf(other.role) || one.partnerName.localeCompare(other.partnerName),
    );
}
