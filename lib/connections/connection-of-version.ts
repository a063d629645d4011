import 'server-only';
import { type LoadedConnection, loadVendorConnection } from './load-vendor-connection';

/** Most connections kept opened per process. */
const most = 500;
const opened = new Map<string, LoadedConnection>();

/**
 * The connection as it stood at a version, for attempts opened against it: read and unsealed once per process. Whether it
 * may still be used is not asked here; the *sent* mark asks that in the database, for each request.
 * @throws NotFound, ConnectionUnusable as `loadVendorConnection`
 */
export async function connectionOfVersion(connectionId: string, version: number): Promise<LoadedConnection> {
  const key = `${connectionId} ${version}`;
  const known = opened.get(key);
  if (known !== undefined) return known;
  const loaded = await loadVendorConnection(connectionId);
  if (loaded.version !== version) return loaded;
  const [oldest] = opened.keys();
  if (opened.size >= most && oldest !== undefined) opened.delete(oldest);
  opened.set(key, loaded);
  return loaded;
}
