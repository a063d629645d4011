'use client';

import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/display/badge';
import { ButtonLink } from '@/components/display/button-link';
import { Notice } from '@/components/display/notice';
import { PageHeader } from '@/components/display/page-header';
import { SkeletonTable } from '@/components/display/skeleton-table';
import { useVendorName } from '@/components/onboarding/vendor-words';
import classes from '@/components/partners/partners.module.css';
import { Split } from '@/components/partners/split';
import { QueryProvider } from '@/components/theme/query-provider';
import type { VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import { fetchVendorPartner } from './fetch-vendor-partners';
import { newHref } from './new-href';
import { ReadFailure } from './read-failure';
import { VendorPartnerPane } from './vendor-partner-pane';
import { VendorPartnerPanel } from './vendor-partner-panel';

/** Of a vendor without a tree. */
const VendorPartnerList = dynamic(() => import('./vendor-partner-list').then((module) => module.VendorPartnerList));

interface Props {
  page: VendorPartnersPage;
  /** The partner that the address names; null for the uppermost. */
  chosenId: string | null;
  timeZone: string;
}

/** Partners at a vendor: its tree or list at the left, the chosen one at the right. */
export function VendorPartners(props: Props) {
  const { page } = props;
  const t = useTranslations('vendor-partners');
  const sandbox = useTranslations('onboarding.form');
  const vendor = useVendorName()(page.vendor);
  const { connectionId, connectionName, ownerName, partnerName, unusable, tree, mayAdd } = page;
  const description =
    page.mappingId === null
      ? t(tree ? 'describe.owner' : 'describe.list', { vendor, connection: connectionName })
      : t(tree ? 'describe.below' : 'describe.listBelow', {
          partner: partnerName,
          vendor,
          mapping: page.mappingName ?? page.mappingId,
        });
  return (
    <>
      <PageHeader
        title={t('titleAt', { vendor })}
        breadcrumbs={[
          { label: t('crumb'), href: '/connections' },
          { label: connectionName, href: `/connections/${connectionId}` },
        ]}
        meta={page.sandbox ? <Badge tone="amber">{sandbox('sandbox')}</Badge> : undefined}
        description={<p>{description}</p>}
        action={
          !tree && mayAdd && unusable === null ? (
            <ButtonLink look="primary" href={newHref(page, null)} icon={<IconPlus size={16} aria-hidden />}>
              {t('addHere')}
            </ButtonLink>
          ) : undefined
        }
      />
      {unusable === null ? (
        <QueryProvider>
          <Columns {...props} vendor={vendor} />
        </QueryProvider>
      ) : (
        <Notice kind="warning" title={t('unusableTitle')}>
          {t(`unusable.${unusable === 'mapping-missing' ? 'mappingMissing' : unusable}`, {
            connection: connectionName,
            vendor,
            owner: ownerName,
            partner: partnerName,
          })}
        </Notice>
      )}
    </>
  );
}

function Columns({ page, chosenId, timeZone, vendor }: Props & { vendor: string }) {
  const t = useTranslations('vendor-partners');
  const [chosen, setChosen] = useState(chosenId);
  const { connectionId, partnerId, tree } = page;
  const top = useQuery({
    queryKey: ['vendor-partner', connectionId, partnerId, 'top'],
    queryFn: ({ signal }) => fetchVendorPartner(page, null, signal),
    enabled: tree,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const choose = (vendorId: string) => {
    setChosen(vendorId);
    const query = new URLSearchParams({ partner: partnerId, at: vendorId });
    // Not a navigation: what is chosen is read here, only the address follows.
    window.history.replaceState(null, '', `?${query}`);
  };
  if (top.error !== null) return <ReadFailure error={top.error} vendor={vendor} onAgain={() => void top.refetch()} />;
  const root = top.data ?? null;
  if (tree && root === null) return <SkeletonTable rows={6} columns={2} />;
  const shown = chosen ?? root?.vendorId ?? null;
  return (
    <Split
      label={t('panel', { vendor })}
      resize={t('resize')}
      panel={
        root === null ? (
          <VendorPartnerList page={page} vendor={vendor} chosenId={shown} onChoose={choose} />
        ) : (
          <VendorPartnerPanel
            page={page}
            vendor={vendor}
            root={root}
            chosenId={shown ?? root.vendorId}
            onChoose={choose}
          />
        )
      }
    >
      {shown === null ? (
        <p className={classes.hint}>{t('pane.choose', { vendor })}</p>
      ) : (
        <VendorPartnerPane page={page} vendor={vendor} vendorId={shown} timeZone={timeZone} onChoose={choose} />
      )}
    </Split>
  );
}
