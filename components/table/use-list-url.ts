'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';

/** Parameters that hold a place in the list; any change of a filter starts at the first page again. */
const places = ['after', 'before'] as const;

/** The state of a list in the URL: read it, and change parameters (a new history entry, unless `replace`). */
export function useListUrl() {
  const router = useRouter();
  const pathname = usePathname();
  const parameters = useSearchParams();
  const [updating, startTransition] = useTransition();

  function change(changes: Readonly<Record<string, readonly string[]>>, replace = false) {
    const next = new URLSearchParams(parameters);
    for (const place of places) next.delete(place);
    for (const [key, values] of Object.entries(changes)) {
      next.delete(key);
      for (const value of values) if (value !== '') next.append(key, value);
    }
    const query = next.toString();
    const href = query === '' ? pathname : `${pathname}?${query}`;
    startTransition(() => (replace ? router.replace(href, { scroll: false }) : router.push(href, { scroll: false })));
  }
  return { parameters, updating, change };
}
