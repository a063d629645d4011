'use client';

import { useQuery } from '@tanstack/react-query';
import type { LookupOption } from '@/lib/vendors/vendor';

export interface Lookup {
  readonly options: readonly LookupOption[];
  readonly readAt: string | null;
  readonly loading: boolean;
  /** A sentence of ours when the vendor could not be read; an empty one when nothing more is known. */
  readonly failure: string | null;
  readonly again: () => void;
}

class LookupFailed extends Error {}

async function read(connectionId: string, name: string, search: string, signal: AbortSignal) {
  const address = `/api/connections/${connectionId}/lookups/${name}?search=${encodeURIComponent(search)}`;
  const response = await fetch(address, { signal });
  if (response.ok) {
    const found: { readonly options: readonly LookupOption[]; readonly readAt: string } = await response.json();
    return found;
  }
  const refusal: { readonly message?: unknown } = await response.json().catch(() => ({}));
  throw new LookupFailed(response.status === 409 && typeof refusal.message === 'string' ? refusal.message : '');
}

/** Choices that only the vendor knows, read when the picker is opened. */
export function useLookup(
  connectionId: string,
  name: string,
  { search, enabled }: { readonly search: string; readonly enabled: boolean },
): Lookup {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['lookup', connectionId, name, search],
    queryFn: ({ signal }) => read(connectionId, name, search, signal),
    enabled,
    staleTime: 5 * 60_000,
    retry: false,
    placeholderData: (before) => before,
  });
  return {
    options: data?.options ?? [],
    readAt: data?.readAt ?? null,
    loading: isFetching,
    failure: error === null ? null : error instanceof LookupFailed ? error.message : '',
    again: () => void refetch(),
  };
}
