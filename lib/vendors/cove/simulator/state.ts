import { randomBytes } from 'node:crypto';
import { SimulatorClock } from '../../simulator/clock';
import { demoTree } from './demo-tree';

/**
 * What the simulated Cove knows. Written from the vendor's documentation (vendor-apis.md section 3), not from our
 * client: nothing of `contract.ts` or `input.ts` is used here.
 */

/** An API user of Management > Users > API Users (3.2). It sees its partner and everything below. */
export interface ApiUser {
  readonly id: number;
  readonly partnerId: number;
  readonly username: string;
  readonly password: string;
}

export interface SimulatedPartner {
  readonly id: number;
  readonly parentId: number;
  readonly name: string;
  readonly level: string;
  readonly state: string;
  readonly locationId: number;
  readonly externalCode: string;
  readonly creationTime: number;
  /** The rest of PartnerInfo as received. */
  readonly info: Readonly<Record<string, unknown>>;
  /** Was a default account asked for? */
  readonly withAccount: boolean;
  /** The JSON-RPC id of the request that made it. */
  readonly requestId: string | null;
  /** Reads see it from this instant of the simulator's clock on, in epoch milliseconds. */
  readonly visibleFromMs: number;
}

/** Children that are made when somebody asks for them: a partner too big to keep. */
export interface Crowd {
  readonly parentId: number;
  readonly firstId: number;
  readonly count: number;
  readonly level: string;
  /** Name of the child at a place, from 0. */
  name(at: number): string;
}

export interface SimulatorData {
  /** The partner name that Login takes, exactly, by API user. */
  readonly users: readonly ApiUser[];
  readonly partners: readonly SimulatedPartner[];
  readonly crowds: readonly Crowd[];
  readonly locations: readonly { readonly id: number; readonly name: string; readonly countries: string }[];
  readonly regions: readonly { readonly id: number; readonly name: string }[];
  readonly visaLifeSeconds: number;
}

export const demoData: SimulatorData = demoTree;

/** The changing part: partners, visas, clock. */
export class SimulatorState {
  readonly data: SimulatorData;
  readonly clock = new SimulatorClock();
  #made: SimulatedPartner[] = [];
  readonly #byId = new Map<number, SimulatedPartner>();
  readonly #byName = new Map<string, SimulatedPartner>();
  readonly #byParent = new Map<number, SimulatedPartner[]>();
  #visas = new Map<string, { readonly user: ApiUser; readonly expiresAtMs: number }>();
  #lastId = 0;

  constructor(data: SimulatorData) {
    this.data = data;
    this.reset();
  }

  /** Everything that was added since the start, in order. */
  get made(): readonly SimulatedPartner[] {
    return this.#made;
  }

  /** A fresh visa of an API user, in the form that was seen: parts by dashes, the fourth a unix time. */
  issue(user: ApiUser): string {
    const nowMs = this.clock.nowMs();
    // Visas that ran out are thrown away now and then.
    if (this.#visas.size > 5000) {
      for (const [old, { expiresAtMs }] of this.#visas) if (expiresAtMs <= nowMs) this.#visas.delete(old);
    }
    const seconds = Math.floor(nowMs / 1000);
    const visa = `${user.id}-${user.partnerId}-1-${seconds}-${randomBytes(20).toString('hex').toUpperCase()}`;
    this.#visas.set(visa, { user, expiresAtMs: nowMs + this.data.visaLifeSeconds * 1000 });
    return visa;
  }

  /** The user behind a visa: any that has not run out is good, however many were issued since (3.2). */
  userOf(visa: unknown): ApiUser | null {
    const entry = typeof visa === 'string' ? this.#visas.get(visa) : undefined;
    return entry === undefined || entry.expiresAtMs <= this.clock.nowMs() ? null : entry.user;
  }

  revokeVisas(): void {
    this.#visas.clear();
  }

  add(partner: Omit<SimulatedPartner, 'id'>): SimulatedPartner {
    this.#lastId += 1;
    const added = { ...partner, id: this.#lastId };
    this.#made.push(added);
    this.#keep(added);
    return added;
  }

  /** The id that the next partner will get. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  isVisible(partner: SimulatedPartner): boolean {
    return partner.visibleFromMs <= this.clock.nowMs();
  }

  byId(id: number): SimulatedPartner | null {
    const crowd = this.data.crowds.find(({ firstId, count }) => id >= firstId && id < firstId + count);
    return crowd === undefined ? (this.#byId.get(id) ?? null) : this.#ofCrowd(crowd, id - crowd.firstId);
  }

  /** By exact name, over the whole platform: names are unique and case-sensitive (3.6). */
  byName(name: string): SimulatedPartner | null {
    const kept = this.#byName.get(name);
    if (kept !== undefined) return kept;
    for (const crowd of this.data.crowds) {
      const number = Number(/(\d+)$/.exec(name)?.[1] ?? 0);
      if (number >= 1 && number <= crowd.count && crowd.name(number - 1) === name) {
        return this.#ofCrowd(crowd, number - 1);
      }
    }
    return null;
  }

  /** Children in the order they were made; a crowd is made up here. */
  childrenOf(id: number): readonly SimulatedPartner[] {
    const crowds = this.data.crowds.filter(({ parentId }) => parentId === id);
    const made = crowds.flatMap((crowd) => Array.from({ length: crowd.count }, (_, at) => this.#ofCrowd(crowd, at)));
    return [...made, ...(this.#byParent.get(id) ?? [])].filter((one) => this.isVisible(one));
  }

  countChildrenOf(id: number): number {
    const crowded = this.data.crowds.filter(({ parentId }) => parentId === id).reduce((sum, one) => sum + one.count, 0);
    return crowded + (this.#byParent.get(id) ?? []).filter((one) => this.isVisible(one)).length;
  }

  /** Does the user see this partner: its own, or one below? */
  sees(user: ApiUser, partner: SimulatedPartner): boolean {
    for (
      let at: SimulatedPartner | null = partner;
      at !== null;
      at = at.parentId === 0 ? null : this.byId(at.parentId)
    ) {
      if (at.id === user.partnerId) return true;
    }
    return false;
  }

  reset(): void {
    this.#made = [];
    for (const index of [this.#byId, this.#byName, this.#byParent]) index.clear();
    this.#visas = new Map();
    for (const partner of this.data.partners) this.#keep(partner);
    const ids = [...this.data.partners.map(({ id }) => id), ...this.data.crowds.map((one) => one.firstId + one.count)];
    this.#lastId = Math.max(0, ...ids);
  }

  #keep(partner: SimulatedPartner): void {
    this.#byId.set(partner.id, partner);
    this.#byName.set(partner.name, partner);
    const siblings = this.#byParent.get(partner.parentId) ?? [];
    siblings.push(partner);
    this.#byParent.set(partner.parentId, siblings);
  }

  #ofCrowd(crowd: Crowd, at: number): SimulatedPartner {
    return {
      id: crowd.firstId + at,
      parentId: crowd.parentId,
      name: crowd.name(at),
      level: crowd.level,
      state: 'InProduction',
      locationId: 7,
      externalCode: '',
      creationTime: 1_700_000_000 + at,
      info: { ServiceType: 'AllInclusive', ChildServiceTypes: ['AllInclusive'] },
      withAccount: false,
      requestId: null,
      visibleFromMs: 0,
    };
  }
}
