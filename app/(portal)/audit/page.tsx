import { IconShieldCheck } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListNotice } from '@/components/attempts/list-notice';
import { auditFilters } from '@/components/audit/audit-filters';
import { AuditList } from '@/components/audit/audit-list';
import { ChainVerdicts } from '@/components/audit/chain-verdicts';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { ExportLink } from '@/components/table/export-link';
import { FilterBar } from '@/components/table/filter-bar';
import { KeysetPager } from '@/components/table/keyset-pager';
import { loadAuditPage } from '@/lib/audit/audit-page';
import { hasFilters, listHref } from '@/lib/lists/list-href';
import { actorPage } from '@/lib/pages/actor-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

export default actorPage(
  '/audit',
  ({ actor, query }) => loadAuditPage(actor, query),
  async ({ page, verdicts, ...choices }, { actor, query }) => {
    const t = await getTranslations('audit');
    const empty = hasFilters(query) ? (
      <EmptyState
        title={t('emptyFiltered.title')}
        action={<ButtonLink href="/audit">{t('emptyFiltered.clear')}</ButtonLink>}
      >
        {t('emptyFiltered.text')}
      </EmptyState>
    ) : (
      <EmptyState title={t('emptyAll.title')}>{t('emptyAll.text')}</EmptyState>
    );
    return (
      <Messages only={[]}>
        <PageHeader
          title={t('title')}
          description={t('description')}
          action={
            <>
              <ButtonLink
                href={listHref('/audit', query, { verify: '1' })}
                icon={<IconShieldCheck size={16} aria-hidden />}
              >
                {t('verify.action')}
              </ButtonLink>
              <ExportLink href={listHref('/api/audit/export', query)} />
            </>
          }
        />
        {verdicts !== null && <ChainVerdicts verdicts={verdicts} />}
        <FilterBar search={{ label: t('search'), placeholder: t('searchHint') }} filters={auditFilters(choices, t)} />
        {page.cut && <ListNotice title={t('cut.title', { term: query.get('q') ?? '' })} text={t('cut.text')} />}
        <AuditList rows={page.rows} timeZone={actor.timeZone} empty={empty} />
        <KeysetPager
          newerHref={page.newer === null ? null : listHref('/audit', query, { before: page.newer })}
          olderHref={page.older === null ? null : listHref('/audit', query, { after: page.older })}
        />
      </Messages>
    );
  },
);
