'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { PlainField } from '@/components/form/plain-field';
import classes from '@/components/partners/partners.module.css';
import type { VendorPartnerRecord, VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import { SearchResults } from './search-results';

const VendorTree = dynamic(() => import('./vendor-tree').then((module) => module.VendorTree), {
  ssr: false,
  loading: () => <div className={classes.tree} aria-hidden />,
});

interface Props {
  page: VendorPartnersPage;
  vendor: string;
  root: VendorPartnerRecord;
  chosenId: string;
  onChoose: (vendorId: string) => void;
}

/** The vendor's tree with its search: below the uppermost partner, or wherever somebody has gone. */
export function VendorPartnerPanel({ page, vendor, root, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners');
  const [text, setText] = useState('');
  // The partner that was last chosen in the tree: a search looks right below it.
  const [within, setWithin] = useState({ vendorId: root.vendorId, name: root.name });
  const start = useMemo(() => root, [root]);
  const searching = text.trim() !== '';
  return (
    <>
      <PlainField
        type="search"
        label={t('search', { name: within.name })}
        description={t('searchHelp')}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {/* Out of sight, not gone: what is open in it stays open. */}
      <div hidden={searching} className={classes.whole}>
        <VendorTree
          page={page}
          vendor={vendor}
          root={start}
          chosenId={chosenId}
          onChoose={(node) => {
            setWithin(node);
            onChoose(node.vendorId);
          }}
        />
      </div>
      {searching && (
        <SearchResults page={page} vendor={vendor} parent={within.vendorId} text={text} onChoose={onChoose} />
      )}
    </>
  );
}
