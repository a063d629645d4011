'use client';

import { useQuery } from '@tanstack/react-query';
import type { LookupOption } from '@/lib/vendors/vendor-lookups';
import { rememberNames } from './looked-up-names';

export interface Lookup {
  readonly options: readonly LookupOption[];
  readonly readAt: string | null;
  readonly loading: boolean;
  /** A sentence of ours when the vendor could not be read; an empty one when nothing more is known. */
  readonly failure: string | null;
  readonly again: () => void;
}

class LookupFailed extends Error {}

interface Place {
  /** The choice whose children are wanted, in a tree that opens level by level. */
  readonly parent?: string | null;
  /** Whose customer it is: its mapping is the boundary. */
  readonly partnerId?: string;
}

interface Asked extends Place {
  readonly connectionId: string;
  readonly name: string;
  readonly search: string;
}

async function read({ connectionId, name, search, parent, partnerId }: Asked, signal: AbortSignal) {
  const query = new URLSearchParams({
    search,
    ...(parent == null ? {} : { parent }),
    ...(partnerId === undefined ? {} : { partner: partnerId }),
  });
  const address = `/api/connections/${connectionId}/lookups/${name}?${query}`;
  const response = await fetch(address, { signal });
  if (response.ok) {
    const found: { readonly options: readonly LookupOption[]; readonly readAt: string } = await response.json();
    rememberNames(connectionId, name, found.options);
    return found;
  }
  const refusal: { readonly message?: unknown } = await response.json().catch(() => ({}));
  throw new LookupFailed(response.status === 409 && typeof refusal.message === 'string' ? refusal.message : '');
}

/** Choices that only the vendor knows, read when the picker is opened. */
export function useLookup(
  connectionId: string,
  name: string,
  { search, enabled, ...place }: { readonly search: string; readonly enabled: boolean } & Place,
): Lookup {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['lookup', connectionId, name, search, place.parent ?? '', place.partnerId ?? ''],
    queryFn: ({ signal }) => read({ connectionId, name, search, ...place }, signal),
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
