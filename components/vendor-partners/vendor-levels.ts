import type { NodePage, TreeNode } from '@/components/partners/tree-rows';
import type { VendorPartnerList, VendorPartnerRecord, VendorPartnerRow } from '@/lib/vendor-partners/partner-view';
import type { VendorPartnerNode } from '@/lib/vendors/vendor-partners';

/** A line of the vendor's tree. */
export interface VendorLine extends TreeNode {
  /** Null for one that belongs to another branch, or that the vendor counts and does not show. */
  readonly partner: Pick<VendorPartnerNode, 'vendorId' | 'name' | 'level'> | null;
}

/** As many as the vendor's look-up answers at once. */
export const pageSize = 100;

export const toLine = (partner: VendorPartnerRow | VendorPartnerRecord): VendorLine => ({
  partnerId: partner.vendorId,
  name: partner.name,
  children: partner.children,
  partner,
});

/** A page of a level as the tree takes it: a line for each that is counted, or one that is missing would be asked for again. */
export function toLevelPage(
  { rows, total }: Pick<VendorPartnerList, 'rows' | 'total'>,
  { parentId, from, hidden }: { readonly parentId: string; readonly from: number; readonly hidden: string },
): NodePage<VendorLine> {
  const all = Math.max(total ?? 0, from + rows.length);
  const expected = Math.min(pageSize, all - from);
  const nodes = Array.from({ length: expected }, (_, at): VendorLine => {
    const row = rows[at];
    return row == null
      ? { partnerId: `${parentId} ${from + at}`, name: hidden, children: 0, partner: null }
      : toLine(row);
  });
  return { start: from, total: all, nodes };
}

/** The partners on the way down to one, from right below the uppermost to itself, each with the one above it. */
export function wayDown(
  partner: VendorPartnerRecord,
): readonly { readonly parentId: string; readonly line: VendorLine }[] {
  const below = [
    // How many are below one on the way is not known here, but one is.
    ...partner.path.slice(1).map((one) => ({ partnerId: one.vendorId, name: one.name, children: 1, partner: one })),
    toLine(partner),
  ];
  return partner.path.flatMap(({ vendorId }, at) => {
    const line = below[at];
    return line === undefined ? [] : [{ parentId: vendorId, line }];
  });
}
