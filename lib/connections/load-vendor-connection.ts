import 'server-only';
import { z } from 'zod';
import { systemStatement } from '../db/as-system';
import { env } from '../env';
import { NotFound } from '../errors';
import { open, SealError } from '../secrets/seal';
import { catalogEntry } from '../vendors/catalog';
import { type VendorConnection, type VendorKey, vendorKeys } from '../vendors/vendor';
import { ConnectionUnusable } from './connection-unusable';

/** A connection with its secrets opened, and whose adapter speaks for it. Never logged, never serialised. */
export interface LoadedConnection extends VendorConnection {
  readonly vendor: VendorKey;
}

/** Settings as stored: plain texts by key. */
export const storedSettingsSchema = z.record(z.string(), z.string());

/**
 * Loads a connection for the time of one call and opens its secrets. It does not ask who calls: the caller has
 * authorized before.
 * @param options.forTest the connection test alone may use one that is disabled or broken
 * @throws NotFound; ConnectionUnusable (a Conflict with a sentence) when nothing may be sent over it
 */
export async function loadVendorConnection(
  connectionId: string,
  { forTest = false }: { readonly forTest?: boolean } = {},
): Promise<LoadedConnection> {
  const [stored] = await systemStatement<Record<string, unknown>>('call vendor', {
    name: 'load_connection',
    text: loadText,
    values: [connectionId],
  });
  if (stored === undefined) throw new NotFound();
  const row = storedConnectionSchema.parse(stored);
  if (!forTest && row.disabled_at !== null) throw new ConnectionUnusable('disabled');
  if (!forTest && row.broken_at !== null) throw new ConnectionUnusable('broken');
  if (row.sandbox && !env().QUAYSIDE_SANDBOX) throw new ConnectionUnusable('sandbox-not-allowed');
  return {
    connectionId: row.id,
    vendor: row.vendor,
    ownerPartnerId: row.partner_id,
    version: row.version,
    baseUrl: row.base_url,
    tokenUrl: row.token_url,
    profile: row.profile,
    sandbox: row.sandbox,
    timeoutMs: row.timeout_ms,
    requestsPerSecond: row.requests_per_second,
    settings: row.settings,
    secrets: openAll(row),
  };
}

// One prepared statement, because every attempt asks it.
const loadText = `
  select c.id, c.partner_id, c.vendor, c.version, c.sandbox, c.disabled_at, c.broken_at, s.base_url, s.token_url, s.profile,
    s.settings, s.requests_per_second::float8 as requests_per_second, s.timeout_ms,
    (select coalesce(jsonb_agg(jsonb_build_object('field', k.field, 'keyVersion', k.key_version, 'partnerId', k.partner_id,
      'sealed', encode(k.sealed, 'hex'))), '[]') from connection_secret k where k.connection_id = c.id) as secrets
  from connection c join connection_setting s on s.connection_id = c.id
  where c.id = $1::uuid`;

const storedConnectionSchema = z.object({
  id: z.string(),
  partner_id: z.string(),
  vendor: z.enum(vendorKeys),
  version: z.number(),
  sandbox: z.boolean(),
  disabled_at: z.date().nullable(),
  broken_at: z.date().nullable(),
  base_url: z.string(),
  token_url: z.string().nullable(),
  profile: z.string().nullable(),
  settings: storedSettingsSchema,
  requests_per_second: z.number().nullable(),
  timeout_ms: z.number(),
  secrets: z.array(z.object({ field: z.string(), keyVersion: z.number(), partnerId: z.string(), sealed: z.hex() })),
});
type StoredConnection = z.infer<typeof storedConnectionSchema>;

function openAll({ id, vendor, secrets }: StoredConnection): Record<string, string> {
  const required = catalogEntry(vendor)?.secrets.filter((secret) => secret.required) ?? [];
  if (required.some(({ key }) => !secrets.some((secret) => secret.field === key)))
    throw new ConnectionUnusable('secret-missing');
  try {
    return Object.fromEntries(
      secrets.map(({ field, keyVersion, partnerId, sealed }) => {
        const binding = { partnerId, vendor, recordId: id, field };
        return [field, open({ keyVersion, sealed: Buffer.from(sealed, 'hex'), binding })];
      }),
    );
  } catch (error) {
    if (error instanceof SealError) throw new ConnectionUnusable('secret-unreadable');
    throw error;
  }
}
