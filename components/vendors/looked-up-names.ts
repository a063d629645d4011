'use client';

import type { LookupOption } from '@/lib/vendors/vendor-lookups';

/** The vendor's names for what its lists have shown in this tab: an id that was picked can be named later. */
const names = new Map<string, string>();

const keyOf = (connectionId: string, lookup: string, value: string) => `${connectionId} ${lookup} ${value}`;

export function rememberNames(connectionId: string, lookup: string, options: readonly LookupOption[]): void {
  for (const { value, label } of options) names.set(keyOf(connectionId, lookup, value), label);
}

/** Null where no list of this tab had it. */
export function lookedUpName(connectionId: string, lookup: string, value: string): string | null {
  return names.get(keyOf(connectionId, lookup, value)) ?? null;
}
