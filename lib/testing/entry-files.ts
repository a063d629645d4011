import 'server-only';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Door, doorOf } from '@/lib/auth/doors';
import { actions, handlers, pages } from '@/lib/auth/entry-points';

/** The files of `app` as Next reads them, and what they export. */

export const root = path.resolve(import.meta.dirname, '../..');

/** Paths below the project's root that match a pattern, in order. */
export function filesMatching(...patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], { cwd: root }).sort();
}

/** The text of a file, named from the project's root. */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The exports of a module, named from the project's root. */
export async function exportsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(path.join(root, file));
}

/** The path of a URL that a file answers to: route groups are not part of it. */
export function routeOf(file: string): string {
  const parts = file.split('/').slice(1, -1);
  return `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join('/')}`;
}

/** One door of the portal: its row, its file, and the function that Next calls. */
export interface FoundDoor {
  readonly door: Door;
  readonly file: string;
  readonly exportName: string;
  readonly open: (...args: readonly unknown[]) => unknown;
  /** Everything else that the file exports. */
  readonly module: Readonly<Record<string, unknown>>;
}

const exportsAsFunctions = (module: Readonly<Record<string, unknown>>) =>
  Object.entries(module).filter((entry): entry is [string, FoundDoor['open']] => typeof entry[1] === 'function');

/** Every export of `app` that a wrapper made, by file and name. */
export async function findDoors(): Promise<readonly FoundDoor[]> {
  const found: FoundDoor[] = [];
  for (const file of filesMatching('app/**/page.tsx', 'app/**/actions.ts', 'app/**/route.ts')) {
    const module = await exportsOf(file);
    for (const [exportName, open] of exportsAsFunctions(module)) {
      const door = doorOf(open);
      if (door !== null) found.push({ door, file, exportName, open, module });
    }
  }
  return found;
}

/** Names of the rows of each kind. */
export const rowNames = {
  page: Object.keys(pages),
  action: Object.keys(actions),
  handler: Object.keys(handlers),
} as const;

/** Rows that anybody may open, signed in or not: their files are made without a wrapper. */
export function isPublic(kind: Door['kind'], name: string): boolean {
  const rows = Object.entries({ page: pages, action: actions, handler: handlers }[kind]);
  return rows.some(([row, { needs }]) => row === name && needs === 'public');
}
