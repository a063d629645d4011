import type { VendorRemark } from '../vendor';
import type { CreateCustomerBody, Customer } from './contract';

/**
 * Compares the answer's `sub_realms` and `has_access` with what was asked (vendor-apis.md 4.3): the vendor answers 200
 * whether or not it took them all. Pure.
 * @returns null when everything is as asked
 */
export function toRemark(
  asked: Pick<CreateCustomerBody, 'shown_sub_realms' | 'enabled_sub_realms'>,
  answered: Pick<Customer, 'sub_realms'>,
): VendorRemark | null {
  const shown = [...new Set([...asked.shown_sub_realms, ...asked.enabled_sub_realms])];
  const rows = answered.sub_realms ?? null;
  if (rows === null) return shown.length === 0 ? null : { message: 'cloudlx.sub-realms-unsaid', params: {} };
  const isOpen = (row: (typeof rows)[number]) => row.has_access === true || row.has_access === 1;
  const labelOf = (id: number) => {
    const name = rows.find((row) => row.id === id)?.name ?? '';
    return name === '' ? String(id) : `${name} (${id})`;
  };
  const missing = shown.filter((id) => !rows.some((row) => row.id === id));
  const closed = asked.enabled_sub_realms.filter((id) => rows.some((row) => row.id === id && !isOpen(row)));
  const open = rows.filter((row) => isOpen(row) && !asked.enabled_sub_realms.includes(row.id)).map(({ id }) => id);
  if (missing.length + closed.length + open.length === 0) return null;
  const list = (ids: readonly number[]) => (ids.length === 0 ? 'none' : ids.map(labelOf).join(', '));
  return {
    message: 'cloudlx.sub-realms',
    params: { missing: list(missing), notEnabled: list(closed), notAsked: list(open) },
  };
}
