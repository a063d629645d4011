import 'server-only';
import { z } from 'zod';
import { asSystem } from '../db/as-system';
import { type Role, roles } from './permissions';
import { currentSession } from './session';

export interface ActorGrant {
  readonly role: Role;
  readonly partnerId: string;
  readonly partnerName: string;
}

interface ActorFacts {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly timeZone: string;
  readonly grants: readonly ActorGrant[];
  /** The session the request came with; null for work that goes on after the request. */
  readonly sessionId: string | null;
}

/** The authorized user inside a request: the only way to reach data. This file is its only maker. */
export class Actor {
  private constructor(private readonly facts: ActorFacts) {}

  get userId(): string {
    return this.facts.userId;
  }
  get name(): string {
    return this.facts.name;
  }
  get email(): string {
    return this.facts.email;
  }
  /** The partner the user belongs to. */
  get partnerId(): string {
    return this.facts.partnerId;
  }
  get partnerName(): string {
    return this.facts.partnerName;
  }
  /** IANA zone, such as `Europe/Lisbon`. */
  get timeZone(): string {
    return this.facts.timeZone;
  }
  get grants(): readonly ActorGrant[] {
    return this.facts.grants;
  }
  get sessionId(): string | null {
    return this.facts.sessionId;
  }
  /** The strongest role of any grant: for the frame (navigation, header), never for a decision. */
  get role(): Role {
    return roles.find((role) => this.facts.grants.some((grant) => grant.role === role)) ?? 'viewer';
  }

  /**
   * The actor of a user as the database knows it now: null when the user is gone, disabled, of a disabled partner, or
   * holds no grant.
   */
  static async of(userId: string, sessionId: string | null): Promise<Actor | null> {
    const facts = await asSystem('load the actor of a session', async (tx) => {
      const user = await tx.user.findUnique({
        where: { id: userId },
        include: { partner: true, grants: { include: { partner: true } } },
      });
      if (user === null || user.disabledAt !== null || user.grants.length === 0) return null;
      const disabledAbove = await tx.partnerClosure.findFirst({
        where: { descendantId: user.partnerId, ancestor: { disabledAt: { not: null } } },
        select: { depth: true },
      });
      return disabledAbove === null ? user : null;
    });
    if (facts === null) return null;
    return new Actor({
      userId: facts.id,
      name: facts.name,
      email: facts.email,
      partnerId: facts.partnerId,
      partnerName: facts.partner.name,
      timeZone: facts.timeZone,
      sessionId,
      grants: facts.grants.map((grant) => ({
        role: z.enum(roles).parse(grant.role),
        partnerId: grant.partnerId,
        partnerName: grant.partner.name,
      })),
    });
  }
}

/** The actor of the current request, or null when nobody is signed in (any more). */
export async function currentActor(): Promise<Actor | null> {
  const session = await currentSession();
  return session === null ? null : Actor.of(session.userId, session.sessionId);
}
