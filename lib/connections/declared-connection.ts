import 'server-only';
import { z } from 'zod';
import { isStorableText } from '../actions/storable';
import { env, namedVariable } from '../env';
import { catalogEntries, catalogEntry } from '../vendors/catalog';
import type { VendorCatalogEntry } from '../vendors/catalog-entry';
import { vendorKeys } from '../vendors/vendor';
import { chosenProfile } from './chosen-profile';
import { tooLong } from './connection-schema';
import { checkVendorAddress } from './vendor-address';

/** A connection as a connections file declares it, checked against the vendor's catalogue entry, secrets resolved. */
export interface DeclaredConnection {
  readonly key: string;
  readonly vendor: string;
  readonly name: string;
  readonly ownerKey: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  readonly baseUrl: string;
  readonly tokenUrl: string | null;
  readonly profile: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly mappings: readonly { readonly partnerKey: string; readonly externalId: string }[];
  readonly requestsPerSecond: number | null;
  readonly timeoutMs: number;
}

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .refine(isStorableText, 'contains characters that cannot be stored');

const secretSchema = z.union([text(4000), z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/) })], {
  error: 'must be a text or { "env": "NAME" }',
});
const externalIdSchema = z.union([text(255), z.number().int().transform(String)]).optional();

/** One entry of the file, before the vendor's catalogue is asked. Strict: a misspelt key is a fault, not a default. */
export const fileEntrySchema = z.strictObject({
  key: text(100),
  vendor: text(50),
  name: text(255),
  owner: text(255),
  shared: z.boolean().default(false),
  sandbox: z.boolean().default(false),
  baseUrl: z.string(),
  tokenUrl: z.string().nullish(),
  profile: text(100).nullish(),
  settings: z.record(z.string(), text(2000)).default({}),
  secrets: z.record(z.string(), secretSchema).default({}),
  mappings: z
    .array(z.strictObject({ partner: text(255), resellerId: externalIdSchema, partnerId: externalIdSchema }))
    .default([]),
  requestsPerSecond: z.number().min(0.01).max(100_000).nullish(),
  timeoutMs: z.number().int().min(1000).max(25_000).default(20_000),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/**
 * Checks one entry against what its vendor needs and resolves its secrets.
 * @returns the connection, or every fault at once as sentences without a value in them
 */
export function toDeclaredConnection(entry: FileEntry): DeclaredConnection | readonly string[] {
  const vendor = catalogEntry(entry.vendor);
  if (vendor === null) return [unknownVendor(entry.vendor)];
  const problems: string[] = [];
  if (entry.sandbox && !env().QUAYSIDE_SANDBOX) {
    problems.push('is marked sandbox, but this installation does not allow sandboxes (QUAYSIDE_SANDBOX=1).');
  }
  const baseUrl = addressOf(entry, 'baseUrl', entry.baseUrl, problems);
  const tokenUrl = tokenUrlOf(entry, vendor, problems);
  const settings = settingsOf(entry, vendor, problems);
  const secrets = secretsOf(entry, vendor, problems);
  const profile = profileOf(entry, vendor, problems);
  const mappings = mappingsOf(entry, vendor, problems);
  if (problems.length > 0) return problems;
  const { key, name, owner: ownerKey, shared, sandbox, timeoutMs } = entry;
  const requestsPerSecond = entry.requestsPerSecond ?? null;
  return {
    ...{ key, vendor: vendor.vendor, name, ownerKey, shared, sandbox, baseUrl, tokenUrl, profile },
    ...{ settings, secrets, mappings, requestsPerSecond, timeoutMs },
  };
}

function unknownVendor(vendor: string): string {
  const today = `Vendors that work today: ${catalogEntries.map((entry) => entry.vendor).join(', ')}.`;
  const known: readonly string[] = vendorKeys;
  if (known.includes(vendor)) return `names the vendor "${vendor}", which this version cannot speak to yet. ${today}`;
  return `names the vendor "${vendor}", which does not exist. ${today}`;
}

function addressOf(entry: FileEntry, name: 'baseUrl' | 'tokenUrl', given: string, problems: string[]): string {
  const purpose = name === 'baseUrl' ? 'base' : 'token';
  const checked = checkVendorAddress(given, { sandbox: entry.sandbox, purpose });
  if (checked.ok) return checked.address;
  problems.push(`${name}: ${checked.sentence}`);
  return '';
}

function tokenUrlOf(entry: FileEntry, vendor: VendorCatalogEntry, problems: string[]): string | null {
  if (entry.tokenUrl != null) return addressOf(entry, 'tokenUrl', entry.tokenUrl, problems);
  if (vendor.tokenUrl === null) return null;
  // The vendor's real sign-in must never see a sandbox's credentials.
  if (entry.sandbox) problems.push('tokenUrl is missing: a sandbox connection must name its own.');
  return vendor.tokenUrl;
}

function profileOf(entry: FileEntry, vendor: VendorCatalogEntry, problems: string[]): string | null {
  const chosen = chosenProfile(vendor, entry.profile);
  if (chosen.ok) return chosen.profile;
  const known = vendor.profiles.length === 0 ? 'it has one contract only' : vendor.profiles.join(', ');
  problems.push(`profile is not known to ${vendor.name} (${known}).`);
  return null;
}

function settingsOf(entry: FileEntry, vendor: VendorCatalogEntry, problems: string[]): Record<string, string> {
  const known = vendor.settings.map(({ key }) => key);
  for (const key of Object.keys(entry.settings)) {
    if (!known.includes(key)) problems.push(`settings.${key} is not known to ${vendor.name} (${known.join(', ')}).`);
  }
  const values = vendor.settings.map(({ key, required, fallback, max }) => {
    const value = entry.settings[key] ?? fallback;
    if (required && value === '') problems.push(`settings.${key} is missing.`);
    if (max !== undefined && value.length > max) problems.push(`settings.${key}: ${tooLong(vendor, max)}`);
    return [key, value] as const;
  });
  return Object.fromEntries(values);
}

function secretsOf(entry: FileEntry, vendor: VendorCatalogEntry, problems: string[]): Record<string, string> {
  const known = vendor.secrets.map(({ key }) => key);
  const secrets: Record<string, string> = {};
  for (const [key, given] of Object.entries(entry.secrets)) {
    if (!known.includes(key)) problems.push(`secrets.${key} is not known to ${vendor.name} (${known.join(', ')}).`);
    const value = typeof given === 'string' ? given : (namedVariable(given.env) ?? '');
    if (value !== '') secrets[key] = value;
    else if (typeof given !== 'string')
      problems.push(`secrets.${key} names the variable ${given.env}, which is not set.`);
  }
  for (const { key, required } of vendor.secrets) {
    if (required && !(key in entry.secrets)) problems.push(`secrets.${key} is missing.`);
  }
  return secrets;
}

function mappingsOf(entry: FileEntry, vendor: VendorCatalogEntry, problems: string[]): DeclaredConnection['mappings'] {
  const field = vendor.mapping?.field;
  if (field === undefined && entry.mappings.length > 0) problems.push(`mappings: ${vendor.name} knows none.`);
  const mappings = entry.mappings.map((mapping) => {
    const given = { resellerId: mapping.resellerId, partnerId: mapping.partnerId };
    const wrong = Object.entries(given).find(([key, value]) => value !== undefined && key !== field);
    const externalId = field === 'resellerId' ? given.resellerId : given.partnerId;
    if (field !== undefined && (wrong !== undefined || externalId === undefined)) {
      problems.push(`mappings: the partner "${mapping.partner}" needs ${field} and nothing else.`);
    }
    return { partnerKey: mapping.partner, externalId: externalId ?? '' };
  });
  for (const [name, values] of [
    ['partner', mappings.map(({ partnerKey }) => partnerKey)],
    [field ?? '', mappings.map(({ externalId }) => externalId)],
  ] as const) {
    const twice = values.find((value, at) => value !== '' && values.indexOf(value) !== at);
    if (twice !== undefined) problems.push(`mappings: the ${name} "${twice}" appears twice.`);
  }
  return mappings;
}
