import { useTranslations } from 'next-intl';
import type { SetMappingInput } from '@/lib/connections/connection-schema';
import type { ConnectionRecord, MappingRow } from '@/lib/connections/connection-view';
import type { ActionResult } from '@/lib/result';
import { EmptyState } from '../display/empty-state';
import { KeysetPager } from '../table/keyset-pager';
import { MappingTable } from './mapping-table';

interface Props {
  connection: ConnectionRecord;
  mapping: { readonly field: string; readonly lookup: string };
  page: { readonly rows: readonly MappingRow[]; readonly older: string | null };
  partners: readonly { readonly partnerId: string; readonly name: string }[];
  timeZone: string;
  set: (input: SetMappingInput) => Promise<ActionResult<{ mappingId: string }>>;
  remove: (input: { mappingId: string; version: number }) => Promise<ActionResult<null>>;
  readNames: (input: { connectionId: string }) => Promise<ActionResult<{ read: number }>>;
}

/** The mappings of a connection, a page of them, and what an empty list means to whoever looks. */
export function ConnectionMappings({ connection, mapping, page, partners, timeZone, set, remove, readNames }: Props) {
  const t = useTranslations('connections');
  const { connectionId, may, shared, ownerName: owner } = connection;
  const vendor = t(`vendors.${connection.vendor}`);
  const why = () => {
    if (!connection.ownSide) return t('mappings.empty.below', { owner });
    if (!may.map) return t('mappings.empty.owner', { owner, vendor });
    return shared ? t('mappings.empty.map', { vendor }) : t('mappings.empty.notShared', { vendor });
  };
  const description = () => {
    if (may.map) return t('mappings.description', { vendor });
    return connection.ownSide
      ? t('mappings.descriptionOwner', { vendor, owner })
      : t('mappings.descriptionBelow', { vendor });
  };
  return (
    <div>
      <MappingTable
        connectionId={connectionId}
        vendor={vendor}
        field={mapping.field}
        lookup={mapping.lookup}
        rows={page.rows}
        mayMap={may.map}
        description={description()}
        partners={partners}
        timeZone={timeZone}
        empty={<EmptyState title={t('mappings.empty.title')}>{why()}</EmptyState>}
        set={set}
        remove={remove}
        readNames={may.test && ['ready', 'untested', 'failing'].includes(connection.state) ? readNames : null}
      />
      <KeysetPager
        newerHref={null}
        olderHref={page.older === null ? null : `/connections/${connectionId}?after=${page.older}`}
      />
    </div>
  );
}
