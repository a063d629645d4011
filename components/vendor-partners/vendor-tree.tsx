'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { PartnerTree } from '@/components/partners/partner-tree';
import type { NodePage, NodeStart } from '@/components/partners/tree-rows';
import type { VendorPartnerRecord, VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import { fetchVendorPartner, fetchVendorPartners } from './fetch-vendor-partners';
import { useLevelWords } from './level-words';
import { pageSize, toLevelPage, toLine, type VendorLine, wayDown } from './vendor-levels';

interface Props {
  page: VendorPartnersPage;
  vendor: string;
  root: VendorPartnerRecord;
  chosenId: string;
  onChoose: (node: { readonly vendorId: string; readonly name: string }) => void;
}

/**
 * The vendor's tree, one page of a level at a time: a partner with tens of thousands below it is as quick as one with ten.
 * It opens down to a partner that was chosen elsewhere: by the address, in a search, on the way up.
 */
export function VendorTree({ page, vendor, root, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners');
  const words = useLevelWords(page.vendor);
  const hidden = t('hidden');
  const { connectionId, partnerId } = page;
  const readLevel = useCallback(
    async (parentId: string, { index }: { readonly index: number }): Promise<NodePage<VendorLine>> => {
      const from = Math.floor(index / pageSize) * pageSize;
      const asked = { parent: parentId, search: '', offset: from };
      const read = await fetchVendorPartners({ connectionId, partnerId }, asked);
      return toLevelPage(read, { parentId, from, hidden });
    },
    [connectionId, partnerId, hidden],
  );
  const [clickedId, setClickedId] = useState(root.vendorId);
  const way = useWay({ page, chosenId, readLevel, isThere: chosenId === clickedId || chosenId === root.vendorId });
  const start = useMemo(
    (): NodeStart<VendorLine> => ({
      levels: [{ parentId: null, start: 0, total: 1, nodes: [toLine(root)] }, ...(way?.levels ?? [])],
      opened: [root.vendorId, ...(way?.levels ?? []).map(({ parentId }) => parentId)],
      stamp: root.readAt,
      ...(way === undefined ? {} : { leadsTo: way.leadsTo }),
    }),
    [root, way],
  );
  return (
    <PartnerTree
      start={start}
      chosenId={chosenId}
      label={t('tree', { vendor })}
      readLevel={readLevel}
      wordOf={({ partner }) => (partner === null ? '' : words.level(partner.level))}
      going={false}
      onChoose={({ partner }) => {
        if (partner === null) return;
        setClickedId(partner.vendorId);
        onChoose(partner);
      }}
    />
  );
}

interface WayAsked {
  readonly page: VendorPartnersPage;
  readonly chosenId: string;
  /** The tree shows the chosen partner already. */
  readonly isThere: boolean;
  readonly readLevel: (parentId: string, place: { readonly index: number }) => Promise<NodePage<VendorLine>>;
}

/**
 * The levels from the uppermost partner down to the chosen one, the first page of each. Whoever stands on the way and not in
 * the page of a level is pinned to it: the vendor does not say at which place that is. Nothing where it could not be read:
 * the pane beside the tree says so.
 */
function useWay({ page, chosenId, isThere, readLevel }: WayAsked) {
  const { connectionId, partnerId } = page;
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['vendor-partner-way', connectionId, partnerId, chosenId],
    queryFn: async () => {
      const partner = await client.fetchQuery({
        queryKey: ['vendor-partner', connectionId, partnerId, chosenId],
        queryFn: ({ signal }) => fetchVendorPartner({ connectionId, partnerId }, chosenId, signal),
        retry: false,
      });
      const levels = wayDown(partner).map(async ({ parentId, line }) => {
        const level = await readLevel(parentId, { index: 0 });
        return { ...level, parentId, pinned: line };
      });
      return { levels: await Promise.all(levels), leadsTo: chosenId };
    },
    enabled: !isThere,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
