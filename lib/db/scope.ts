import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Prisma, type PrismaClient } from './generated/client';

/**
 * The application's own fence around a person's branch, beside row-level security: every query that goes through Prisma
 * inside `asActor` asks for rows of the branch alone, lists of related rows included. So a policy that is wrong or
 * missing shows nobody else's rows (S33), and a query that forgets the partner does not either (S32).
 * What is written in SQL asks `inSight` (lib/lists/in-branch.ts) itself.
 */
export interface Scope {
  readonly userId: string;
  /** Partners of the person's grants: the branch is these and everything below. */
  readonly grantedIds: readonly string[];
  /** Partners above, whose shared connections may be used. */
  readonly aboveIds: readonly string[];
}

const current = new AsyncLocalStorage<Scope>();

/** Runs work whose queries are kept within a branch. */
export function withinScope<T>(scope: Scope, run: () => Promise<T>): Promise<T> {
  // Awaited inside: a query of Prisma's starts only when somebody waits for it, and would find no scope outside.
  return current.run(scope, async () => await run());
}

type Where<Model extends Prisma.ModelName> = NonNullable<
  Prisma.TypeMap['model'][Model]['operations']['findMany']['args']['where']
>;

const partnerWithin = ({ grantedIds }: Scope): Where<'Partner'> => ({
  ancestors: { some: { ancestorId: { in: [...grantedIds] } } },
});
const ofPartner = (scope: Scope) => ({ partner: partnerWithin(scope) });
const ofPerson = ({ userId }: Scope) => ({ userId });

/** Which rows of a model belong to the branch: the same as its policy in the migrations says. */
const within: { readonly [Model in Prisma.ModelName]: (scope: Scope) => Where<Model> } = {
  Partner: partnerWithin,
  PartnerClosure: (scope) => ({ ancestor: partnerWithin(scope), descendant: partnerWithin(scope) }),
  User: (scope) => ({ OR: [ofPartner(scope), { id: scope.userId }] }),
  UserPassword: ofPerson,
  RoleGrant: (scope) => ({ OR: [ofPartner(scope), ofPerson(scope)] }),
  Session: ofPerson,
  Invitation: ofPartner,
  Connection: (scope) => ({ OR: [ofPartner(scope), { shared: true, partnerId: { in: [...scope.aboveIds] } }] }),
  ConnectionSetting: (scope) => ({ connection: ofPartner(scope) }),
  ConnectionSecret: (scope) => ({ connection: ofPartner(scope) }),
  Mapping: ofPartner,
  Customer: ofPartner,
  VendorAccount: ofPartner,
  Service: ofPartner,
  ServiceReading: ofPartner,
  Draft: ofPerson,
  PartnerEvidence: ofPerson,
  FormDefault: ofPartner,
  Onboarding: ofPartner,
  Attempt: ofPartner,
  AttemptContent: (scope) => ({ attempt: ofPartner(scope) }),
  AttemptLookUp: (scope) => ({ attempt: ofPartner(scope) }),
  LookUpCandidate: (scope) => ({ lookUp: { attempt: ofPartner(scope) } }),
  Exchange: (scope) => ({ attempt: ofPartner(scope) }),
  ExchangeContent: (scope) => ({ exchange: { attempt: ofPartner(scope) } }),
  AuditEntry: ofPartner,
};

/** Lists of related rows, by the name of their field; the schema uses each name for one model. */
const lists: Readonly<Record<string, Prisma.ModelName>> = {
  children: 'Partner',
  users: 'User',
  grants: 'RoleGrant',
  sessions: 'Session',
  invitations: 'Invitation',
  connections: 'Connection',
  secrets: 'ConnectionSecret',
  mappings: 'Mapping',
  customers: 'Customer',
  vendorAccounts: 'VendorAccount',
  formDefaults: 'FormDefault',
  services: 'Service',
  serviceReadings: 'ServiceReading',
  onboardings: 'Onboarding',
  attempts: 'Attempt',
  auditEntries: 'AuditEntry',
  exchanges: 'Exchange',
  lookUps: 'AttemptLookUp',
  candidates: 'LookUpCandidate',
  ancestors: 'PartnerClosure',
  descendants: 'PartnerClosure',
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A condition with the branch's beside it; unique fields stay at the top, where Prisma wants them. */
function narrowed(model: Prisma.ModelName, where: unknown, scope: Scope) {
  const asked = isRecord(where) ? where : {};
  return { ...asked, AND: [...[asked.AND ?? []].flat(), within[model](scope)] };
}

/** `include` or `select` with every list in it narrowed, at any depth. */
function narrowedLists(chosen: unknown, scope: Scope): unknown {
  if (!isRecord(chosen)) return chosen;
  const entries = Object.entries(chosen).map(([name, value]) => {
    const model = Object.hasOwn(lists, name) ? lists[name] : undefined;
    if (value === false || value === undefined || (model === undefined && !isRecord(value))) return [name, value];
    const inner = isRecord(value) ? value : {};
    const list = model === undefined ? {} : { where: narrowed(model, inner.where, scope) };
    return [name, { ...inner, ...related(inner, scope), ...list }];
  });
  return Object.fromEntries(entries);
}

function related(args: Readonly<Record<string, unknown>>, scope: Scope) {
  return {
    ...('include' in args ? { include: narrowedLists(args.include, scope) } : {}),
    ...('select' in args ? { select: narrowedLists(args.select, scope) } : {}),
  };
}

/** Queries that choose rows; the others (create) are judged by the operation and by row-level security. */
const choosing = /^(find|update|delete|count|aggregate|groupBy)/;

const branchOnly = Prisma.defineExtension({
  name: 'branch-only',
  query: {
    $allModels: {
      $allOperations({ model, operation, args, query }) {
        const scope = current.getStore();
        if (scope === undefined) throw new Error('a query as the actor outside of asActor');
        const asked: Readonly<Record<string, unknown>> = { ...args };
        const condition = choosing.test(operation) ? { where: narrowed(model, asked.where, scope) } : {};
        return query({ ...args, ...related(asked, scope), ...condition });
      },
    },
  },
});

/** A client whose queries are kept within the branch of the transaction they are made in. */
export function branchClient(prisma: PrismaClient): PrismaClient {
  const client: unknown = prisma.$extends(branchOnly);
  if (!isClient(client)) throw new Error('Prisma did not extend its client');
  return client;
}

/** An extension of queries adds nothing to a client and takes nothing away, though Prisma gives it a type of its own. */
function isClient(client: unknown): client is PrismaClient {
  return isRecord(client) && '$transaction' in client && '$queryRaw' in client;
}
