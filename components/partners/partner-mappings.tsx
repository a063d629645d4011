import { useTranslations } from 'next-intl';
import type { PartnerRecord } from '@/lib/partners/get-partner';
import { CopyableId } from '../display/copyable-id';
import { EmptyState } from '../display/empty-state';
import { Section } from '../display/section';
import { DataTable } from '../table/data-table';
import classes from './partners.module.css';

/** What the chosen partner is at shared connections. */
export function PartnerMappings({ partner }: { partner: PartnerRecord }) {
  const t = useTranslations('partners.pane');
  const vendors = useTranslations('connections.vendors');
  const { name, mappings, moreMappings } = partner;
  return (
    <Section title={t('mappings')} description={t('mappingsText')}>
      <DataTable
        caption={t('mappingsCaption', { name })}
        columns={[
          { key: 'connection', header: t('connection') },
          { key: 'vendor', header: t('vendor') },
          { key: 'name', header: t('external') },
          { key: 'id', header: t('externalId'), mono: true },
        ]}
        rows={mappings.map((mapping) => ({
          id: mapping.mappingId,
          href: `/connections/${mapping.connectionId}`,
          cells: {
            connection: mapping.connectionName,
            vendor: vendors(mapping.vendor),
            name:
              mapping.externalName || t(mapping.nameRead ? 'absent' : 'unread', { vendor: vendors(mapping.vendor) }),
            id: <CopyableId id={mapping.externalId} label={t('externalId')} />,
          },
        }))}
        empty={<EmptyState title={t('noMappings.title')}>{t('noMappings.text')}</EmptyState>}
      />
      {moreMappings && <p className={classes.hint}>{t('moreMappings', { count: mappings.length })}</p>}
    </Section>
  );
}
