import './matrix-next';
import { vi } from 'vitest';
import type { Role } from '../auth/permissions';
import { testDatabase } from './database';
import { describeMatrix } from './matrix-suite';

// Every check of the application says yes, and its queries are fenced no more: what is left is row-level security.
vi.mock('../auth/require-held', () => ({ requireHeld: () => undefined }));
vi.mock('../auth/authorize', () => {
  const always = async (): Promise<Role> => 'admin';
  return { authorize: always, roleAt: always, rolesAt: async () => (): Role => 'admin' };
});
vi.mock('../db/scope', () => ({
  branchClient: (client: unknown) => client,
  withinScope: (_scope: unknown, run: () => Promise<unknown>) => run(),
}));

await describeMatrix({
  title: 'S32: without the application’s checks, row-level security alone keeps other branches out',
  database: await testDatabase(),
  exact: false,
});
