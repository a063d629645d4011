import 'server-only';
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type DeclaredConnection, fileEntrySchema, toDeclaredConnection } from './declared-connection';
import { toIdentity } from './identity';

/** A connections file that cannot be applied: every fault at once, a sentence each, without a secret's value. */
export class ConnectionsFileError extends Error {
  override readonly name = 'ConnectionsFileError';
  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super(`The connections file ${file} cannot be applied:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
}

export interface ReadFile {
  readonly declared: readonly DeclaredConnection[];
  readonly problems: readonly string[];
}

/** Reads and checks a connections file as far as that goes without the database. */
export async function readConnectionsFile(file: string): Promise<ReadFile> {
  const failed = (problem: string): ReadFile => ({ declared: [], problems: [problem] });
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    // A syntax error quotes the text around it, which may be a secret.
    return failed(error instanceof SyntaxError ? 'It is not JSON.' : 'It cannot be read.');
  }
  if (!Array.isArray(content)) return failed('It must hold a list: [{ "key": …, "vendor": …, … }, …].');
  const problems: string[] = [];
  const declared: DeclaredConnection[] = [];
  content.forEach((raw: unknown, at) => {
    const title = titleOf(raw, at);
    const parsed = fileEntrySchema.safeParse(raw);
    const found = parsed.success ? toDeclaredConnection(parsed.data) : parsed.error.issues.map(issueSentence);
    if ('key' in found) declared.push(found);
    else problems.push(...found.map((problem) => `${title}: ${problem}`));
  });
  problems.push(...repeated('key', content.map(keyOf)), ...sameAccess(declared));
  return { declared, problems };
}

function keyOf(raw: unknown): string | null {
  return typeof raw === 'object' && raw !== null && 'key' in raw && typeof raw.key === 'string' ? raw.key : null;
}

function titleOf(raw: unknown, at: number): string {
  const key = keyOf(raw);
  return key === null ? `Entry ${at + 1}` : `"${key}"`;
}

function issueSentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `${path === '' ? '' : `${path}: `}does not know ${issue.keys.join(', ')}.`;
  if (issue.message.endsWith('received undefined')) return `${path} is missing.`;
  return `${path === '' ? 'the entry' : path}: ${issue.message}.`;
}

function repeated(what: string, values: readonly (string | null)[]): string[] {
  const twice = values.filter((value, at) => value !== null && values.indexOf(value) !== at);
  return [...new Set(twice)].map((value) => `The ${what} "${value}" appears more than once.`);
}

function sameAccess(declared: readonly DeclaredConnection[]): string[] {
  const seen = new Map<string, string>();
  return declared.flatMap((one) => {
    const other = seen.get(toIdentity(one));
    seen.set(toIdentity(one), one.key);
    return other === undefined || other === one.key
      ? []
      : [`"${one.key}" is the same access at the vendor as "${other}": one connection is enough, shared below.`];
  });
}
