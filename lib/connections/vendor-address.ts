import 'server-only';
import { env } from '../env';
import { parseVendorUrl, type UrlRefusal } from '../vendors/http/guard-address';

const sentences: Readonly<Record<UrlRefusal, string>> = {
  empty: 'Enter the address.',
  whitespace: 'The address contains a space or a control character.',
  'not-a-url': 'This is not an address. It must look like https://api.vendor.com.',
  scheme: 'The address must start with https://.',
  'not-https': 'The address must start with https://. Plain http is for sandbox connections only.',
  'user-info': 'The address must not contain a user name or password.',
  backslash: 'The address contains a backslash.',
  fragment: 'The address must not contain #.',
  query: 'The address must not contain a question mark.',
  address: 'This address is private, local or otherwise not allowed. Only public addresses may be called.',
};

export type CheckedAddress =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly sentence: string };

/**
 * Reads the base or token URL of a connection and brings it into the form that is stored: as the URL standard
 * writes it, without slashes at the end. What a name resolves to is judged when the socket opens.
 * @param sandbox the connection is marked sandbox; it counts only where the installation allows sandboxes
 */
export function checkVendorAddress(
  text: string,
  { sandbox, purpose }: { readonly sandbox: boolean; readonly purpose: 'base' | 'token' },
): CheckedAddress {
  const parsed = parseVendorUrl(text.trim(), { sandbox: sandbox && env().QUAYSIDE_SANDBOX, purpose });
  if (!parsed.ok) return { ok: false, sentence: sentences[parsed.reason] };
  const address = parsed.url.search === '' ? parsed.url.href.replace(/\/+$/, '') : parsed.url.href;
  return { ok: true, address };
}
