import 'server-only';
import { asSystem } from '../db/as-system';
import { env } from '../env';
import { newestKeyVersion } from '../secrets/seal';
import { rotateSecrets } from './rotate-secrets';

/** What became of a change of keys. */
export interface KeyReport {
  /** What to tell whoever ran it, a sentence each. */
  readonly sentences: readonly string[];
  /** Is nothing left that only an older key opens? */
  readonly done: boolean;
}

/** Seals everything that is stored anew with the newest key, and says whether the older ones are needed any more. */
export async function rotateKeys(): Promise<KeyReport> {
  const newest = newestKeyVersion();
  const { rotated, unreadable } = await rotateSecrets();
  const names = await namesOf(unreadable);
  const waiting = await firstPasswordsUnderOlderKeys(newest);
  const older = env().QUAYSIDE_SECRET_KEYS.filter(({ version }) => version !== newest).length;
  const sentences = [
    rotated === 0
      ? `No secret of a connection had to be sealed anew with key ${newest}.`
      : `${rotated} ${rotated === 1 ? 'secret was' : 'secrets were'} sealed anew with key ${newest}.`,
    ...names.map((name) => `No configured key opens a secret of ${name}: type it again on the connection's page.`),
    ...(waiting === 0
      ? []
      : [
          `${waiting} first ${waiting === 1 ? 'password' : 'passwords'} of attempts under way: run this again in a minute.`,
        ]),
  ];
  const done = names.length === 0 && waiting === 0;
  const end = older === 0 ? [] : ['The older keys are not needed any more: take them out of QUAYSIDE_SECRET_KEYS.'];
  return { sentences: done ? [...sentences, ...end] : sentences, done };
}

async function namesOf(connectionIds: readonly string[]): Promise<readonly string[]> {
  if (connectionIds.length === 0) return [];
  const rows = await asSystem('store a secret', (tx) =>
    tx.connection.findMany({
      where: { id: { in: [...connectionIds] } },
      select: { name: true, key: true },
      orderBy: { name: 'asc' },
    }),
  );
  return rows.map(({ name, key }) => `${name} (${key})`);
}

/** They are gone with the closing of their attempts, so nobody seals them anew. */
async function firstPasswordsUnderOlderKeys(newest: number): Promise<number> {
  const [row] = await asSystem(
    'store a secret',
    (tx) => tx.$queryRaw<{ count: number }[]>`
      select count(*)::integer as count from attempt_secret where key_version <> ${newest}`,
  );
  return row?.count ?? 0;
}
