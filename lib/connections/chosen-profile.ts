import type { VendorCatalogEntry } from '../vendors/catalog-entry';

/**
 * The contract profile of a connection: the one that was chosen, else the vendor's default. Pure.
 * @returns null where the vendor has one contract only; `ok: false` for one that the vendor does not have
 */
export function chosenProfile(
  { profiles }: Pick<VendorCatalogEntry, 'profiles'>,
  given: string | null | undefined,
): { readonly ok: true; readonly profile: string | null } | { readonly ok: false } {
  if (given === null || given === undefined || given === '') return { ok: true, profile: profiles[0] ?? null };
  return profiles.includes(given) ? { ok: true, profile: given } : { ok: false };
}
