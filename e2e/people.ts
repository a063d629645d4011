import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type pg from 'pg';

/** What a person types to sign in. */
export interface Login {
  readonly email: string;
  readonly password: string;
}

/** The demo's people (prisma/seed.ts), as the README lists them. */
export const demoLogins = {
  hostAdmin: { email: 'admin@northwind.example', password: 'quayside-demo-host-admin' },
  cspAdmin: { email: 'admin@ridge-it.example', password: 'quayside-demo-csp-admin' },
  cspOperator: { email: 'operator@ridge-it.example', password: 'quayside-demo-csp-operator' },
  cspViewer: { email: 'viewer@ridge-it.example', password: 'quayside-demo-csp-viewer' },
  harborOperator: { email: 'operator@harbor-cloud.example', password: 'quayside-demo-harbor-operator' },
  pineOperator: { email: 'operator@pine-systems.example', password: 'quayside-demo-pine-operator' },
} as const satisfies Readonly<Record<string, Login>>;

export type LoginName = keyof typeof demoLogins;

/** The demo's partners (prisma/seed.ts). */
export const demoPartners = {
  northwind: '0198c2a0-0000-7000-8000-000000000001',
  ridgeIt: '0198c2a0-0000-7000-8000-000000000002',
  harborCloud: '0198c2a0-0000-7000-8000-000000000003',
  pineSystems: '0198c2a0-0000-7000-8000-000000000004',
} as const;

export interface PersonOptions {
  readonly partner: keyof typeof demoPartners;
  readonly role: 'admin' | 'operator' | 'viewer';
}

export interface Person extends Login {
  readonly id: string;
  readonly name: string;
}

/** Puts somebody into the database, quicker than the pages do; the hash is a cheap one, since nobody is to be kept out. */
export async function addPerson(
  pool: pg.Pool,
  { partner, role, word, password }: PersonOptions & { readonly word: string; readonly password: string },
): Promise<Person> {
  const id = randomUUID();
  const name = `Test ${word}`;
  const email = `${word.toLowerCase()}@people.example`;
  const stored = await hash(password, { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  const partnerId = demoPartners[partner];
  await pool.query('insert into app_user (id, partner_id, email, name) values ($1, $2, $3, $4)', [
    id,
    partnerId,
    email,
    name,
  ]);
  await pool.query('insert into user_password (user_id, hash) values ($1, $2)', [id, stored]);
  await pool.query('insert into role_grant (id, user_id, role, partner_id) values ($1, $2, $3, $4)', [
    randomUUID(),
    id,
    role,
    partnerId,
  ]);
  return { id, name, email, password };
}
