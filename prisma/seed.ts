import { appendAuditEntry } from '../lib/audit/append-entry';
import { hashPassword } from '../lib/auth/passwords';
import type { Role } from '../lib/auth/permissions';
import { asSystem, type SystemTx } from '../lib/db/as-system';
import { addGrant } from '../lib/users/add-grant';
import { createUser } from '../lib/users/create-user';

interface DemoPartner {
  /** Fixed, so that links into the demo stay good when it is made anew. */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: 'host' | 'csp' | 'reseller';
  readonly parent?: string;
}

/** The demo's tree: a host, a CSP below it, two resellers of that CSP. */
export const demoPartners = [
  { id: '0198c2a0-0000-7000-8000-000000000001', key: 'northwind', name: 'Northwind Distribution', kind: 'host' },
  { id: '0198c2a0-0000-7000-8000-000000000002', key: 'ridge-it', name: 'Ridge IT', kind: 'csp', parent: 'northwind' },
  {
    id: '0198c2a0-0000-7000-8000-000000000003',
    key: 'harbor-cloud',
    name: 'Harbor Cloud',
    kind: 'reseller',
    parent: 'ridge-it',
  },
  {
    id: '0198c2a0-0000-7000-8000-000000000004',
    key: 'pine-systems',
    name: 'Pine Systems',
    kind: 'reseller',
    parent: 'ridge-it',
  },
] as const satisfies readonly DemoPartner[];

export interface DemoLogin {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  /** Key of the partner the user belongs to and holds the role at. */
  readonly partner: string;
}

/** Everybody who can sign in to the demo. Known to all who read this: a sandbox only. */
export const demoLogins: readonly DemoLogin[] = [
  {
    email: 'admin@northwind.example',
    password: 'quayside-demo-host-admin',
    name: 'Nora Winter',
    role: 'admin',
    partner: 'northwind',
  },
  {
    email: 'admin@ridge-it.example',
    password: 'quayside-demo-csp-admin',
    name: 'Ada Ridge',
    role: 'admin',
    partner: 'ridge-it',
  },
  {
    email: 'operator@ridge-it.example',
    password: 'quayside-demo-csp-operator',
    name: 'Otto Ridge',
    role: 'operator',
    partner: 'ridge-it',
  },
  {
    email: 'viewer@ridge-it.example',
    password: 'quayside-demo-csp-viewer',
    name: 'Vera Ridge',
    role: 'viewer',
    partner: 'ridge-it',
  },
  {
    email: 'operator@harbor-cloud.example',
    password: 'quayside-demo-harbor-operator',
    name: 'Hana Harbor',
    role: 'operator',
    partner: 'harbor-cloud',
  },
  {
    email: 'operator@pine-systems.example',
    password: 'quayside-demo-pine-operator',
    name: 'Pia Pine',
    role: 'operator',
    partner: 'pine-systems',
  },
];

const by = { name: 'Demo seed' };

/**
 * Makes the demo's partners and logins; what is there already stays as it is. Expects the environment of a migrated
 * database. Passwords are hashed like any other, but not judged: they are meant to be known.
 */
export async function seedDemo(): Promise<void> {
  const known = await asSystem('seed', (tx) => tx.user.findMany({ select: { email: true } }));
  const missing = demoLogins.filter((login) => known.every((user) => user.email !== login.email));
  const hashes = new Map<string, string>();
  for (const login of missing) hashes.set(login.email, await hashPassword(login.password));
  await asSystem('seed', async (tx) => {
    for (const partner of demoPartners) await seedPartner(tx, partner);
    for (const login of missing) await seedLogin(tx, login, hashes.get(login.email) ?? '');
  });
}

async function seedPartner(tx: SystemTx, partner: DemoPartner): Promise<void> {
  const { id, key, name, kind } = partner;
  if ((await tx.partner.findUnique({ where: { key }, select: { id: true } })) !== null) return;
  const parentId = partner.parent === undefined ? null : await partnerId(tx, partner.parent);
  await tx.partner.create({ data: { id, key, name, kind, parentId } });
  await appendAuditEntry(tx, {
    partnerId: id,
    action: 'partner.created',
    subject: { kind: 'partner', id },
    detail: { kind },
    by,
  });
}

async function partnerId(tx: SystemTx, key: string): Promise<string> {
  const { id } = await tx.partner.findUniqueOrThrow({ where: { key }, select: { id: true } });
  return id;
}

async function seedLogin(tx: SystemTx, login: DemoLogin, passwordHash: string): Promise<void> {
  const home = await partnerId(tx, login.partner);
  const userId = await createUser(tx, { partnerId: home, email: login.email, name: login.name, passwordHash, by });
  await addGrant(tx, { userId, role: login.role, partnerId: home, by });
}
