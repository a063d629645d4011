import 'server-only';
import { hashPassword } from '../auth/passwords';
import type { Role } from '../auth/permissions';
import { asSystem } from '../db/as-system';
import { addGrant } from '../users/add-grant';
import { createUser } from '../users/create-user';

/** People with a password and audit entries, for tests of signing in and of managing users. */

export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
}

const by = { name: 'test' };
let made = 0;

/** Adds a user with one grant at the partner they belong to (`role: null`: without one). */
export async function addPerson({ partnerId, role }: { partnerId: string; role: Role | null }): Promise<Person> {
  made += 1;
  const email = `person-${made}@people.example`;
  const password = `gabled walnut orbit ${made}`;
  const passwordHash = await hashPassword(password);
  const userId = await asSystem('seed', async (tx) => {
    const id = await createUser(tx, { partnerId, email, name: `Person ${made}`, passwordHash, by });
    if (role !== null) await addGrant(tx, { userId: id, role, partnerId, by });
    return id;
  });
  return { userId, email, password };
}

/** Gives a person a further role. */
export async function giveRole(grant: { userId: string; role: Role; partnerId: string }): Promise<void> {
  await asSystem('seed', (tx) => addGrant(tx, { ...grant, by }));
}

/** Audit entries of an action, oldest first. */
export async function entriesOf(action: string) {
  return asSystem('seed', (tx) =>
    tx.auditEntry.findMany({ where: { action }, orderBy: [{ at: 'asc' }, { seq: 'asc' }] }),
  );
}
