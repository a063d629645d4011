'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { PartnerTree } from '@/components/partners/partner-tree';
import type { NodePage, NodeStart, TreeNode } from '@/components/partners/tree-rows';
import type { VendorPartnerRecord, VendorPartnerRow, VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import type { VendorPartnerNode } from '@/lib/vendors/vendor-partners';
import { fetchVendorPartners } from './fetch-vendor-partners';
import { useLevelWords } from './level-words';

interface Props {
  page: VendorPartnersPage;
  vendor: string;
  root: VendorPartnerRecord;
  chosenId: string;
  onChoose: (node: { readonly vendorId: string; readonly name: string }) => void;
}

interface Line extends TreeNode {
  /** Null for one that belongs to another branch, or that the vendor counts and does not show. */
  readonly partner: Pick<VendorPartnerNode, 'vendorId' | 'name' | 'level'> | null;
}

/** As many as the vendor's look-up answers at once. */
const pageSize = 100;

const toLine = (partner: VendorPartnerRow | VendorPartnerRecord): Line => ({
  partnerId: partner.vendorId,
  name: partner.name,
  children: partner.children,
  partner,
});

/** The vendor's tree, one page of a level at a time: a partner with tens of thousands below it is as quick as one with ten. */
export function VendorTree({ page, vendor, root, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners');
  const words = useLevelWords(page.vendor);
  const hidden = t('hidden');
  const { connectionId, partnerId } = page;
  const start = useMemo(
    (): NodeStart<Line> => ({
      levels: [{ parentId: null, start: 0, total: 1, nodes: [toLine(root)] }],
      opened: [root.vendorId],
      stamp: root.readAt,
    }),
    [root],
  );
  const readLevel = useCallback(
    async (parentId: string, { index }: { readonly index: number }): Promise<NodePage<Line>> => {
      const from = Math.floor(index / pageSize) * pageSize;
      const asked = { parent: parentId, search: '', offset: from };
      const { rows, total } = await fetchVendorPartners({ connectionId, partnerId }, asked);
      const all = Math.max(total ?? 0, from + rows.length);
      // A line for each that is counted: one that is missing would be asked for again and again.
      const expected = Math.min(pageSize, all - from);
      const nodes = Array.from({ length: expected }, (_, at): Line => {
        const row = rows[at];
        return row == null
          ? { partnerId: `${parentId} ${from + at}`, name: hidden, children: 0, partner: null }
          : toLine(row);
      });
      return { start: from, total: all, nodes };
    },
    [connectionId, partnerId, hidden],
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
        if (partner !== null) onChoose(partner);
      }}
    />
  );
}
