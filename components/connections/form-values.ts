import type { EditConnectionInput, VendorFields } from '@/lib/connections/connection-schema';
import type { ConnectionRecord, ConnectionSettings } from '@/lib/connections/connection-view';

/** The values of the edit form for a connection as it is: each field has one, and secrets are empty, which keeps them. */
export function toFormValues(
  connection: ConnectionRecord,
  settings: ConnectionSettings,
  vendor: Pick<VendorFields, 'profiles' | 'settings' | 'secrets'>,
): EditConnectionInput {
  const { profiles } = vendor;
  const empty = (fields: readonly { readonly key: string }[]) => Object.fromEntries(fields.map(({ key }) => [key, '']));
  return {
    connectionId: connection.connectionId,
    version: connection.version,
    name: connection.name,
    shared: connection.shared,
    sandbox: connection.sandbox,
    baseUrl: settings.baseUrl,
    tokenUrl: settings.tokenUrl ?? '',
    profile: profiles.length === 0 ? undefined : (settings.profile ?? profiles[0]),
    settings: { ...empty(vendor.settings), ...settings.values },
    secrets: empty(vendor.secrets),
    requestsPerSecond: settings.requestsPerSecond,
    timeoutMs: settings.timeoutMs,
  };
}

/** Do two states of a record hold the same values, whatever their versions? Secrets are no part of it. */
export function isSameRecord(left: EditConnectionInput, right: EditConnectionInput): boolean {
  const values = ({ version: _version, secrets: _secrets, settings, ...rest }: EditConnectionInput) =>
    JSON.stringify([Object.entries(rest).sort(), Object.entries(settings).sort()]);
  return values(left) === values(right);
}
