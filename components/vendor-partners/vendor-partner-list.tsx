'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/display/button';
import { EmptyState } from '@/components/display/empty-state';
import { SkeletonTable } from '@/components/display/skeleton-table';
import { PlainField } from '@/components/form/plain-field';
import type { VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import { fetchVendorPartners } from './fetch-vendor-partners';
import { PartnerLines } from './partner-lines';
import { ReadFailure } from './read-failure';
import { SearchResults } from './search-results';

interface Props {
  page: VendorPartnersPage;
  vendor: string;
  chosenId: string | null;
  onChoose: (vendorId: string) => void;
}

/** Partners of a vendor that knows no tree, with a search. */
export function VendorPartnerList({ page, vendor, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners');
  const [text, setText] = useState('');
  return (
    <>
      <PlainField
        type="search"
        label={t('searchList')}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {text.trim() === '' ? (
        <AllPartners page={page} vendor={vendor} chosenId={chosenId} onChoose={onChoose} />
      ) : (
        <SearchResults page={page} vendor={vendor} parent={null} text={text} onChoose={onChoose} />
      )}
    </>
  );
}

function AllPartners({ page, vendor, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners');
  const { connectionId, partnerId } = page;
  const query = useInfiniteQuery({
    queryKey: ['vendor-partners', connectionId, partnerId, 'all'],
    queryFn: ({ pageParam, signal }) =>
      fetchVendorPartners(page, { parent: null, search: '', offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.more ? all.reduce((sum, one) => sum + one.rows.length, 0) : undefined),
    retry: false,
  });
  if (query.error !== null) {
    return <ReadFailure error={query.error} vendor={vendor} onAgain={() => void query.refetch()} />;
  }
  if (query.data === undefined) return <SkeletonTable rows={6} columns={1} />;
  const rows = query.data.pages.flatMap((one) => one.rows).filter((row) => row !== null);
  if (rows.length === 0) return <EmptyState title={t('empty.title')}>{t('empty.text', { vendor })}</EmptyState>;
  return (
    <>
      <PartnerLines
        label={t('list', { vendor })}
        vendor={page.vendor}
        rows={rows}
        chosenId={chosenId}
        onChoose={onChoose}
      />
      {query.hasNextPage && (
        <Button size="sm" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? t('reading', { vendor }) : t('showMore')}
        </Button>
      )}
    </>
  );
}
