'use client';

import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Puts the intent's id into the address without going anywhere: reload and back find the same intent. */
export function putIntoAddress(correlationId: string, drop: readonly string[] = []): void {
  const search = new URLSearchParams(window.location.search);
  search.set('draft', correlationId);
  for (const name of drop) search.delete(name);
  window.history.replaceState(null, '', `?${search}${window.location.hash}`);
}

/**
 * The correlation id of this form: minted once per intent, when the form opens, unless a draft or a retry brings one.
 * @param onMint tells that the address will follow, before it does
 */
export function useIntent(given: string | null, onMint: (correlationId: string) => void): string | null {
  const [correlationId, setCorrelationId] = useState(given);
  useEffect(() => {
    if (correlationId !== null) return;
    const known = new URLSearchParams(window.location.search).get('draft');
    const id = known !== null && uuid.test(known) ? known : uuidv7();
    setCorrelationId(id);
    if (known === id) return;
    onMint(id);
    putIntoAddress(id);
  }, [correlationId, onMint]);
  return correlationId;
}
