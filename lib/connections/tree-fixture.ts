import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { Actor } from '@/lib/auth/actor';
import type { Role } from '@/lib/auth/permissions';
import { asSystem } from '@/lib/db/as-system';

/** For tests: a host; two CSPs; two resellers below the first CSP. Ids by key. */
export interface TestTree {
  readonly host: string;
  readonly csp: string;
  readonly otherCsp: string;
  readonly reseller: string;
  readonly sibling: string;
  /** A new person with one role at one of the partners. */
  actor(partner: Exclude<keyof TestTree, 'actor'>, role: Role): Promise<Actor>;
}

/** Makes the partners in this test file's database; keys are the kebab-case of the names used here. */
export async function makeTree(): Promise<TestTree> {
  const ids = { host: uuidv7(), csp: uuidv7(), otherCsp: uuidv7(), reseller: uuidv7(), sibling: uuidv7() };
  await asSystem('seed', async (tx) => {
    const add = (id: string, key: string, name: string, kind: string, parentId: string | null) =>
      tx.partner.create({ data: { id, key, name, kind, parentId } });
    await add(ids.host, 'host', 'Harbour Distribution', 'host', null);
    await add(ids.csp, 'csp', 'Ridge IT', 'csp', ids.host);
    await add(ids.otherCsp, 'other-csp', 'Far Cloud', 'csp', ids.host);
    await add(ids.reseller, 'reseller', 'Dune Computers', 'reseller', ids.csp);
    await add(ids.sibling, 'sibling', 'Moor Systems', 'reseller', ids.csp);
  });
  return {
    ...ids,
    async actor(partner, role) {
      const id = uuidv7();
      await asSystem('seed', async (tx) => {
        const name = `${role} of ${partner}`;
        await tx.user.create({ data: { id, partnerId: ids[partner], email: `${id}@example.test`, name } });
        await tx.roleGrant.create({ data: { id: uuidv7(), userId: id, role, partnerId: ids[partner] } });
      });
      const actor = await Actor.of(id, null);
      if (actor === null) throw new Error('The test actor holds nothing.');
      return actor;
    },
  };
}
