'use client';

import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/display/button-link';
import { CopyableId } from '@/components/display/copyable-id';
import { type KeyValue, KeyValueList } from '@/components/display/key-value-list';
import { Moment } from '@/components/display/moment';
import { Section } from '@/components/display/section';
import { SkeletonTable } from '@/components/display/skeleton-table';
import shared from '@/components/partners/partners.module.css';
import { countryName } from '@/lib/customers/country-name';
import type { VendorPartnerRecord, VendorPartnersPage } from '@/lib/vendor-partners/partner-view';
import { mayHaveChildren } from '@/lib/vendors/cove/vocabulary';
import { fetchVendorPartner } from './fetch-vendor-partners';
import { useLevelWords } from './level-words';
import { LocationName } from './location-name';
import { newHref } from './new-href';
import { ReadFailure } from './read-failure';
import classes from './vendor-partners.module.css';

interface Props {
  page: VendorPartnersPage;
  vendor: string;
  vendorId: string;
  timeZone: string;
  onChoose: (vendorId: string) => void;
}

/** One partner at the vendor: where it stands, what the vendor says of it, and what can be done there. */
export function VendorPartnerPane({ page, vendor, vendorId, timeZone, onChoose }: Props) {
  const { connectionId, partnerId } = page;
  const { data, error, refetch } = useQuery({
    queryKey: ['vendor-partner', connectionId, partnerId, vendorId],
    queryFn: ({ signal }) => fetchVendorPartner(page, vendorId, signal),
    retry: false,
  });
  if (error !== null) return <ReadFailure error={error} vendor={vendor} onAgain={() => void refetch()} />;
  if (data === undefined) return <SkeletonTable rows={5} columns={2} />;
  return <Partner page={page} vendor={vendor} partner={data} timeZone={timeZone} onChoose={onChoose} />;
}

interface PartnerProps extends Omit<Props, 'vendorId'> {
  partner: VendorPartnerRecord;
}

function Partner({ page, vendor, partner, timeZone, onChoose }: PartnerProps) {
  const t = useTranslations('vendor-partners.pane');
  const { vendorId, name, level, path, mappedTo } = partner;
  const mayAdd = page.tree && page.mayAdd;
  const possible = mayHaveChildren(level);
  return (
    <>
      {path.length > 0 && (
        <nav aria-label={t('path')} className={classes.crumbs}>
          {path.map((above) => (
            <span key={above.vendorId}>
              <button type="button" onClick={() => onChoose(above.vendorId)}>
                <bdi>{above.name}</bdi>
              </button>{' '}
              ›
            </span>
          ))}
        </nav>
      )}
      <div className={shared.head}>
        <div>
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p className={shared.hint}>{mappedTo === null ? t('notMapped') : t('mapped', { partner: mappedTo })}</p>
        </div>
        {mayAdd && possible && (
          <ButtonLink look="primary" href={newHref(page, vendorId)} icon={<IconPlus size={16} aria-hidden />}>
            {t('add')}
          </ButtonLink>
        )}
      </div>
      {mayAdd && !possible && <p className={shared.hint}>{t('cannotAdd')}</p>}
      <Section title={t('facts', { vendor })} framed>
        <KeyValueList items={useFacts(page, partner, { vendor, timeZone })} />
      </Section>
    </>
  );
}

const plainFacts = ['legalName', 'country', 'city', 'email'] as const;

function useFacts(
  page: VendorPartnersPage,
  { vendorId, level, state, key, children, gives, facts, readAt }: VendorPartnerRecord,
  { vendor, timeZone }: { readonly vendor: string; readonly timeZone: string },
): readonly KeyValue[] {
  const t = useTranslations('vendor-partners.pane');
  const words = useLevelWords(page.vendor);
  const at = { connectionId: page.connectionId, partnerId: page.partnerId };
  const said = (label: string, value: string | undefined) =>
    value === undefined || value === '' ? [] : [{ label, value }];
  return [
    { label: t('id', { vendor }), value: <CopyableId id={vendorId} label={t('id', { vendor })} /> },
    ...(key === null ? [] : [{ label: t('key'), value: <CopyableId id={key} label={t('key')} /> }]),
    ...said(t('level'), words.level(level)),
    ...said(t('state'), state === null ? '' : words.state(state)),
    ...(page.tree ? [{ label: t('children'), value: t('countBelow', { count: children }) }] : []),
    ...said(t('service'), facts.service === undefined ? '' : words.service(facts.service)),
    ...said(t('gives'), (gives ?? []).map(words.service).join(', ')),
    ...plainFacts.flatMap((fact) => said(t(fact), fact === 'country' ? countryName(facts.country ?? '') : facts[fact])),
    ...(facts.location === undefined
      ? []
      : [
          {
            label: t('location'),
            value: <LocationName {...at} id={facts.location} label={t('locationId', { vendor })} />,
          },
        ]),
    ...(facts.created === undefined
      ? []
      : [{ label: t('created'), value: <Moment at={facts.created} timeZone={timeZone} /> }]),
    { label: t('read'), value: <Moment at={readAt} timeZone={timeZone} /> },
  ];
}
