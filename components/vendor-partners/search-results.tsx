'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import classes from '@/components/partners/partners.module.css';
import type { VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import { fetchVendorPartners } from './fetch-vendor-partners';
import { PartnerLines } from './partner-lines';
import { ReadFailure } from './read-failure';

interface Props {
  page: VendorPartnersPage;
  vendor: string;
  /** Below which partner; null where the vendor knows no tree. */
  parent: string | null;
  text: string;
  onChoose: (vendorId: string) => void;
}

/** What the vendor finds, once typing pauses. */
export function SearchResults({ page, vendor, parent, text, onChoose }: Props) {
  const t = useTranslations('vendor-partners');
  const [search] = useDebouncedValue(text.trim(), 300);
  const { connectionId, partnerId } = page;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['vendor-partners', connectionId, partnerId, parent, search],
    queryFn: ({ signal }) => fetchVendorPartners(page, { parent, search, offset: 0 }, signal),
    enabled: search !== '',
    retry: false,
  });
  if (error !== null) return <ReadFailure error={error} vendor={vendor} onAgain={() => void refetch()} />;
  const rows = (data?.rows ?? []).filter((row) => row !== null);
  return (
    <div>
      <p role="status" className={classes.hint}>
        {isFetching || data === undefined
          ? t('reading', { vendor })
          : rows.length === 0
            ? t('nothing', { query: search })
            : t('found', { count: rows.length })}
        {data?.more === true && ` ${t('moreFound')}`}
      </p>
      <PartnerLines label={t('results')} vendor={page.vendor} rows={rows} chosenId={null} onChoose={onChoose} />
    </div>
  );
}
