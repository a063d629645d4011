import type { EditConnectionInput } from './connection-schema';
import { signInSettings } from './identity';

/** What of a connection may change and is compared; secrets are compared elsewhere. */
export interface AccessFacts {
  readonly name: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  readonly baseUrl: string;
  readonly tokenUrl: string | null;
  readonly profile: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly requestsPerSecond: number | null;
  readonly timeoutMs: number;
}

const plain = [
  'name',
  'shared',
  'sandbox',
  'baseUrl',
  'tokenUrl',
  'profile',
  'requestsPerSecond',
  'timeoutMs',
] as const;

/** Names of the fields that differ, settings as `settings.<key>`: what an audit entry says of a change. Pure. */
export function changedFields(before: AccessFacts, after: AccessFacts): readonly string[] {
  const keys = [...new Set([...Object.keys(before.settings), ...Object.keys(after.settings)])];
  return [
    ...plain.filter((field) => before[field] !== after[field]),
    ...keys.filter((key) => before.settings[key] !== after.settings[key]).map((key) => `settings.${key}`),
  ];
}

/**
 * The same for the detail of an audit entry, with what from and to where everybody who sees the connection sees the value
 * too; what only the owner's side may see is named, not told. Pure.
 * @param changed what `changedFields` says, and secrets as `secrets.<field>`
 */
export function changeDetail(
  before: AccessFacts,
  after: AccessFacts,
  changed: readonly string[],
): Readonly<Record<string, string | boolean | readonly string[]>> {
  const open = (['name', 'shared', 'sandbox'] as const).filter((field) => changed.includes(field));
  const values = open.flatMap((field) => [
    [`from.${field}`, before[field]],
    [`to.${field}`, after[field]],
  ]);
  return { fields: [...changed], ...Object.fromEntries(values) };
}

/** Does a change concern what a test of the connection proved? Then it has to be tested again. Pure. */
export function touchesAccess(changed: readonly string[]): boolean {
  return changed.some((field) => !['name', 'shared', 'requestsPerSecond', 'timeoutMs'].includes(field));
}

const secretTargets = ['baseUrl', 'tokenUrl', 'sandbox', ...signInSettings.map((key) => `settings.${key}`)];

/** Does a change send the secret to a new place, or as somebody else? Then it must be typed again. Pure. */
export function movesSecret(changed: readonly string[]): boolean {
  return changed.some((field) => secretTargets.includes(field));
}

/**
 * Would a save of the form ask for the secrets again? The same rule, said while one types: the server, which also brings
 * addresses into their stored form, decides. Pure.
 */
export function asksSecretsAgain(before: EditConnectionInput, typed: EditConnectionInput): boolean {
  return movesSecret(changedFields(toAccessFacts(before), toAccessFacts(typed)));
}

function toAccessFacts({ profile, baseUrl, tokenUrl, settings, ...rest }: EditConnectionInput): AccessFacts {
  const address = (text: string) => text.trim().replace(/\/+$/, '');
  return {
    ...rest,
    profile: profile ?? null,
    baseUrl: address(baseUrl),
    tokenUrl: address(tokenUrl),
    settings: Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, value.trim()])),
  };
}
