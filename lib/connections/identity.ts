/** Settings that say as whom a connection signs in: its secret belongs to them. */
export const signInSettings: readonly string[] = ['partner', 'clientId', 'username'];

/** Settings that tell one access at a vendor from another, in this order: the portal before the credentials for it. */
const accessSettings = ['tenantDomain', ...signInSettings];

/**
 * What makes two connections the same access: vendor, host, and the tenant (or client) there. The database keeps it
 * unique: two connections to one portal would let the same customer be created twice. Pure.
 * @param baseUrl a URL that parses
 */
export function toIdentity({
  vendor,
  baseUrl,
  settings,
}: {
  readonly vendor: string;
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
}): string {
  const access = accessSettings.map((key) => settings[key]?.trim() ?? '').find((value) => value !== '') ?? '';
  return [vendor, new URL(baseUrl).host, access].join('|').toLowerCase();
}
