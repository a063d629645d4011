import 'server-only';
import { env } from '../env';
import { Conflict } from '../errors';
import type { VendorCatalogEntry } from '../vendors/catalog-entry';
import { chosenProfile } from './chosen-profile';
import { vendorIssues } from './connection-schema';
import { checkVendorAddress } from './vendor-address';

export interface GivenAccess {
  readonly sandbox: boolean;
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly profile?: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface CheckedAccess {
  readonly baseUrl: string;
  readonly tokenUrl: string | null;
  /** The vendor's default where none was given; null where it has one contract only. */
  readonly profile: string | null;
  readonly settings: Readonly<Record<string, string>>;
  /** Those that were typed. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Checks what a person typed against the vendor's catalogue entry and the rules for addresses.
 * @param secretsToo every required secret must be there (a new connection)
 * @throws Conflict with a sentence per field
 */
export function checkAccess(
  entry: VendorCatalogEntry,
  given: GivenAccess,
  { secretsToo }: { readonly secretsToo: boolean },
): CheckedAccess {
  const problems: Record<string, string[]> = {};
  const say = (field: string, sentence: string) => {
    problems[field] = [...(problems[field] ?? []), sentence];
  };
  if (given.sandbox && !env().QUAYSIDE_SANDBOX) say('sandbox', 'This installation does not allow sandbox connections.');
  for (const { path, message } of vendorIssues(entry, given, { secretsToo })) say(path.join('.'), message);
  for (const [group, known] of Object.entries({ settings: entry.settings, secrets: entry.secrets })) {
    const values = group === 'settings' ? given.settings : given.secrets;
    for (const key of Object.keys(values)) {
      if (!known.some((one) => one.key === key)) say(`${group}.${key}`, `${entry.name} does not know this.`);
    }
  }
  const address = (field: 'baseUrl' | 'tokenUrl', purpose: 'base' | 'token') => {
    const checked = checkVendorAddress(given[field], { sandbox: given.sandbox, purpose });
    if (!checked.ok) say(field, checked.sentence);
    return checked.ok ? checked.address : '';
  };
  const chosen = chosenProfile(entry, given.profile);
  if (!chosen.ok) say('profile', `${entry.name} does not have this contract.`);
  const baseUrl = address('baseUrl', 'base');
  const tokenUrl = given.tokenUrl === '' ? null : address('tokenUrl', 'token');
  if (Object.keys(problems).length > 0) throw new Conflict('Some entries cannot be used. Nothing was saved.', problems);
  return {
    baseUrl,
    tokenUrl,
    profile: chosen.ok ? chosen.profile : null,
    settings: Object.fromEntries(entry.settings.map(({ key, fallback }) => [key, given.settings[key] || fallback])),
    secrets: Object.fromEntries(Object.entries(given.secrets).filter(([, value]) => value !== '')),
  };
}
