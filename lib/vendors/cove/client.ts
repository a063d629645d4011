import 'server-only';

import type { ExchangePurpose } from '../exchange';
import type { Parser, VendorHttp } from '../http/client';
import { type AllowList, allowList, maskOf, redact } from '../http/redact';
import { maxTries, repeat } from '../http/retry';
import { VendorError } from '../http/vendor-error';
import type { Json, VendorCall } from '../vendor';
import {
  type AddPartnerParams,
  addPartnerResultSchema,
  childPartnersResultSchema,
  errorNumber,
  loginResultSchema,
  namedListResultSchema,
  partnerResultSchema,
  partnersResultSchema,
  type RpcReply,
  rpcReplySchema,
} from './contract';
import { keptOfCreate, keptOfLogin, keptOfRead, keptOfReply } from './input';
import { asSignInError, noSignIn, toRpcError } from './problems';
import type { RpcAct } from './rpc-error';
import { type SignedIn, VisaSessions } from './visa';

export const vendorName = 'N-able Cove';

const createList = allowList(keptOfCreate);
const loginList = allowList(keptOfLogin);
const readList = allowList(keptOfRead);
const replyList = allowList(keptOfReply);
// An answer that is no JSON-RPC may hold a visa anywhere: its words are masked.
const strangeList = allowList(['jsonrpc', 'id', '-visa', 'error.code', 'error.data', '-error.message']);

/** Name, level, state, company, external code; `Id` and `ParentId` always come (3.4). */
const fields = [0, 1, 5, 10, 18];

interface Method<T> {
  readonly act: RpcAct;
  readonly purpose: ExchangePurpose;
  readonly name: string;
  readonly params: Json;
  /** Of the outer `result`. */
  readonly result: Parser<T>;
  readonly keep: AllowList;
  /** What the record holds of a good result; absent: the masked answer. */
  readonly record?: (result: T) => Json;
}

type Read<T> = Pick<Method<T>, 'purpose' | 'record'>;
type Result<S> = S extends Parser<infer T> ? T : never;

/** Cove's methods (vendor-apis.md 3.4), one each. Everything throws `VendorError`. */
export class CoveClient {
  readonly #http: VendorHttp;
  readonly #sessions: VisaSessions;

  constructor(http: VendorHttp) {
    this.#http = http;
    this.#sessions = new VisaSessions({ clock: http.clock, vendor: vendorName, signIn: (call) => this.#signIn(call) });
  }

  // Login(partner, username, password) -> UserInfo: signs in anew, whatever visa is kept
  async signIn(call: VendorCall): Promise<void> {
    this.#sessions.forget(call.connection.connectionId);
    await this.#sessions.get(call);
  }

  /** The partner that the connection's credentials belong to: as the sign-in said, else by its name. */
  async ownPartnerId(call: VendorCall): Promise<number> {
    const { partnerId } = await this.#sessions.get(call);
    if (partnerId !== null && partnerId > 0) return partnerId;
    const record = () => ({ rows: 1 });
    const own = await this.getPartnerInfo(call, call.connection.settings.partner ?? '', { purpose: 'lookup', record });
    return own.result.Id;
  }

  // AddPartner(partnerInfo, createDefaultAccount) -> int
  async addPartner(call: VendorCall, params: AddPartnerParams): Promise<number> {
    const { partnerInfo, createDefaultAccount } = params;
    const { result } = await this.#call(call, {
      act: 'create',
      purpose: 'create',
      name: 'AddPartner',
      params: { partnerInfo: { ...partnerInfo }, createDefaultAccount },
      result: addPartnerResultSchema,
      keep: createList,
    });
    return result;
  }

  // GetPartnerInfo(name) -> PartnerInfo: exact, case-sensitive
  getPartnerInfo(call: VendorCall, name: string, read: Read<PartnerResult>): Promise<PartnerResult> {
    return this.#read(call, 'GetPartnerInfo', { name }, { ...read, result: partnerResultSchema });
  }

  // GetPartnerInfoById(partnerId) -> PartnerInfo
  getPartnerInfoById(call: VendorCall, partnerId: number, read: Read<PartnerResult>): Promise<PartnerResult> {
    return this.#read(call, 'GetPartnerInfoById', { partnerId }, { ...read, result: partnerResultSchema });
  }

  // EnumerateChildPartners(partnerId, fields, range, partnerFilter) -> PartnerTreeNode: the only method with pages
  enumerateChildPartners(
    call: VendorCall,
    page: {
      readonly partnerId: number;
      readonly offset: number;
      readonly size: number;
      readonly namePattern?: string;
      readonly externalCodePattern?: string;
    },
    read: Read<ChildrenResult>,
  ): Promise<ChildrenResult> {
    const { partnerId, offset, size, namePattern, externalCodePattern } = page;
    const partnerFilter = {
      ...(namePattern === undefined ? {} : { NamePattern: namePattern }),
      ...(externalCodePattern === undefined ? {} : { ExternalCodePattern: externalCodePattern }),
      // Resellers come before the customers beside them.
      SortOrder: 'ByLevelAndName',
    };
    const params = { partnerId, fields, range: { Offset: offset, Size: size }, partnerFilter };
    return this.#read(call, 'EnumerateChildPartners', params, { ...read, result: childPartnersResultSchema });
  }

  // EnumeratePartners(parentPartnerId, fetchRecursively, fields) -> PartnerInfo[]: without pages
  enumeratePartners(call: VendorCall, parentPartnerId: number, read: Read<PartnersResult>): Promise<PartnersResult> {
    const params = { parentPartnerId, fetchRecursively: false, fields };
    return this.#read(call, 'EnumeratePartners', params, { ...read, result: partnersResultSchema });
  }

  // EnumerateAncestorPartners(partnerId) -> PartnerInfo[]: as far up as the user sees
  enumerateAncestors(call: VendorCall, partnerId: number): Promise<PartnersResult> {
    const read = { purpose: 'lookup', result: partnersResultSchema, record: countRows } as const;
    return this.#read(call, 'EnumerateAncestorPartners', { partnerId }, read);
  }

  // EnumerateLocations() -> LocationInfo[]
  enumerateLocations(call: VendorCall, purpose: 'lookup' | 'probe'): Promise<NamedResult> {
    return this.#read(call, 'EnumerateLocations', {}, { purpose, result: namedListResultSchema, record: countRows });
  }

  // EnumerateRegions() -> RegionInfo[]
  enumerateRegions(call: VendorCall): Promise<NamedResult> {
    const read = { purpose: 'lookup', result: namedListResultSchema, record: countRows } as const;
    return this.#read(call, 'EnumerateRegions', {}, read);
  }

  #read<T>(call: VendorCall, name: string, params: Json, read: Read<T> & { readonly result: Parser<T> }): Promise<T> {
    return this.#call(call, { ...read, act: 'read', name, params, keep: readList });
  }

  /** One method under the visa of the moment; a refused visa is followed by one sign-in and one more try. */
  async #call<T>(call: VendorCall, method: Method<T>): Promise<T> {
    const { connectionId } = call.connection;
    let session = await this.#sessions.get(call);
    const renew = async () => {
      this.#sessions.drop(connectionId, session);
      session = await this.#sessions.get(call);
    };
    const canTakeEffect = method.act === 'create';
    const budget = this.#http.budgets.of(call.connection.connectionId);
    return repeat({ signal: call.signal, canTakeEffect, clock: this.#http.clock, budget, renew }, async () => {
      const used = session;
      const ticket = used.take();
      const answer = await this.#ask(call, method, ticket.visa);
      if (answer.error === null) {
        used.absorb(ticket, answer.visa);
        return answer.result;
      }
      // A second refusal leaves nothing behind that the next call would trip over.
      if (answer.error.problem.kind === 'unauthorized') this.#sessions.drop(connectionId, used);
      else used.absorb(ticket, answer.visa);
      throw answer.error;
    });
  }

  /** Sends one envelope. An error object inside the 200 comes back as what it means, with the visa beside it. */
  async #ask<T>(call: VendorCall, method: Method<T>, visa: string | null): Promise<Answer<T>> {
    const { connection } = call;
    const requestId = call.attemptId ?? call.correlationId;
    const secrets = [connection.secrets.password ?? '', ...(visa === null ? [] : [visa])];
    const { value: reply, status } = await this.#http.send(call, {
      vendor: vendorName,
      purpose: method.purpose,
      method: 'POST',
      name: method.name,
      refusalInside: ({ error }) => (error === null ? null : String(errorNumber(error) ?? error.code ?? 'unnumbered')),
      url: toUrl(connection.baseUrl),
      headers: {},
      body: {
        json: {
          jsonrpc: '2.0',
          id: requestId,
          ...(visa === null ? {} : { visa }),
          method: method.name,
          params: method.params,
        },
      },
      canTakeEffect: method.act === 'create',
      reply: { statuses: [200], schema: rpcReplySchema(requestId, method.result) },
      keep: { request: method.keep, refusal: strangeList },
      record: (answer) => recordOf(answer, method.record, secrets),
      secrets,
    });
    if (reply.error === null) return { visa: reply.visa, error: null, result: reply.result };
    const about = { vendor: vendorName, act: method.act, purpose: method.purpose, status };
    return { visa: reply.visa, error: toRpcError(reply.error, about, withVisa(secrets, reply)) };
  }

  // Login(partner, username, password) -> UserInfo, with the first visa beside it
  async #signIn(call: VendorCall): Promise<SignedIn> {
    const { settings, secrets } = call.connection;
    // Not the first caller's signal: others wait for the same visa. The request's own timeout still ends it.
    const shared: VendorCall = {
      connection: call.connection,
      correlationId: call.correlationId,
      attemptId: call.attemptId,
      signal: AbortSignal.timeout(call.connection.timeoutMs * maxTries),
      initialSecrets: {},
      recordExchange: (recorded) => call.recordExchange(recorded),
      takeTurn: () => call.takeTurn(),
      beforeEffect: () => Promise.reject(new Error('A sign-in takes no effect')),
    };
    const method: Method<Result<typeof loginResultSchema>> = {
      act: 'login',
      purpose: 'token',
      name: 'Login',
      params: {
        partner: settings.partner ?? '',
        username: settings.username ?? '',
        password: secrets.password ?? '',
      },
      result: loginResultSchema,
      keep: loginList,
      record: ({ result }) => ({ result: { PartnerId: result.PartnerId ?? null } }),
    };
    const budget = this.#http.budgets.of(shared.connection.connectionId);
    return repeat({ signal: shared.signal, canTakeEffect: false, clock: this.#http.clock, budget }, async () => {
      const askedAtMs = this.#http.clock.now();
      try {
        const answer = await this.#ask(shared, method, null);
        if (answer.error !== null) throw answer.error;
        if (answer.visa === null) throw noSignIn(vendorName);
        return { visa: answer.visa, partnerId: answer.result.result.PartnerId ?? null, askedAtMs };
      } catch (error) {
        throw error instanceof VendorError ? asSignInError(error) : error;
      }
    });
  }
}

type Answer<T> = { readonly visa: string | null } & (
  | { readonly error: null; readonly result: T }
  | { readonly error: VendorError }
);

export type PartnerResult = Result<typeof partnerResultSchema>;
export type PartnersResult = Result<typeof partnersResultSchema>;
export type ChildrenResult = Result<typeof childPartnersResultSchema>;
export type NamedResult = Result<typeof namedListResultSchema>;

/** One URL serves every method; a base URL without a path is taken to mean it. */
function toUrl(baseUrl: string): URL {
  const url = new URL(baseUrl.replace(/\/+$/, ''));
  if (url.pathname === '/') url.pathname = '/jsonapi';
  return url;
}

const withVisa = (secrets: readonly string[], { visa }: { readonly visa: string | null }) =>
  visa === null ? secrets : [...secrets, visa];

/** What is kept of an answer: never a visa, of a list its count alone, of an error every word. */
function recordOf<T>(answer: RpcReply<T>, record: ((result: T) => Json) | undefined, secrets: readonly string[]): Json {
  if (answer.error !== null || record === undefined) {
    return redact(answer.body, replyList, withVisa(secrets, answer));
  }
  return { jsonrpc: '2.0', result: record(answer.result), visa: maskOf(answer.visa) };
}

function countRows({ result }: { readonly result: readonly unknown[] }): Json {
  return { rows: result.length };
}
