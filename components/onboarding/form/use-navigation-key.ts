'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useState } from 'react';

interface Minted {
  /** The key that the form has had since it opened. */
  readonly key: string;
  readonly opened: string;
  readonly id: string;
  /** The address has followed; leaving it from then on means another intent. */
  readonly followed: boolean;
}

/**
 * A key that changes when the page is opened for another intent, and stays when the address only follows the intent that
 * is on the page. Without it "New customer" in the palette would show the form of the customer before.
 */
export function useNavigationKey(): { readonly key: string; readonly onMint: (correlationId: string) => void } {
  const search = useSearchParams();
  const [minted, setMinted] = useState<Minted | null>(null);
  const address = search.get('draft') ?? search.get('retry') ?? search.get('customer') ?? '';
  const intent = keyOf(address, minted);
  if (minted !== null && !minted.followed && address === minted.id) setMinted({ ...minted, followed: true });
  const onMint = useCallback(
    (id: string) => setMinted({ key: intent, opened: address, id, followed: false }),
    [intent, address],
  );
  return { key: `${intent} ${search.get('partner') ?? ''}`, onMint };
}

function keyOf(address: string, minted: Minted | null): string {
  if (minted === null) return address;
  if (address === minted.id || !minted.followed) return minted.key;
  return address === minted.opened ? `after ${minted.id}` : address;
}
