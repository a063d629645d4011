'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { SetMappingInput } from '@/lib/connections/connection-schema';
import type { MappingRow } from '@/lib/connections/connection-view';
import type { ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { CopyableId } from '../display/copyable-id';
import { notify } from '../display/notify';
import { Section } from '../display/section';
import { DataTable } from '../table/data-table';
import classes from './connections.module.css';
import { MappingName } from './mapping-name';
import { useNames } from './use-names';

const ConfirmDialog = dynamic(() => import('../form/confirm-dialog').then((module) => module.ConfirmDialog), {
  ssr: false,
});
const MappingDialog = dynamic(() => import('./mapping-dialog').then((module) => module.MappingDialog), { ssr: false });

interface Props {
  connectionId: string;
  vendor: string;
  /** What the vendor calls the id. */
  field: string;
  lookup: string;
  rows: readonly MappingRow[];
  mayMap: boolean;
  description: string;
  /** Partners that can be mapped; empty when the actor may not. */
  partners: readonly { readonly partnerId: string; readonly name: string }[];
  timeZone: string;
  empty: ReactNode;
  set: (input: SetMappingInput) => Promise<ActionResult<{ mappingId: string }>>;
  remove: (input: { mappingId: string; version: number }) => Promise<ActionResult<null>>;
  /** Reads the names at the vendor; null where the actor may not, or nothing is sent over the connection. */
  readNames: ((input: { connectionId: string }) => Promise<ActionResult<{ read: number }>>) | null;
}

type Open =
  | { readonly act: 'set'; readonly row: MappingRow | null }
  | { readonly act: 'remove'; readonly row: MappingRow };

/** What each partner below is at the vendor; the owner's admin sets, changes and removes it. */
export function MappingTable(props: Props) {
  const { vendor, field, rows, mayMap } = props;
  const t = useTranslations('connections.mappings');
  const router = useRouter();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const reading = useNames(props);

  async function remove(row: MappingRow) {
    const result = await props.remove({ mappingId: row.mappingId, version: row.version });
    if (result.ok) {
      notify({ kind: 'success', title: t('removed', { partner: row.partnerName }) });
      router.refresh();
    }
    return result;
  }

  const acts = (row: MappingRow) => (
    <span className={classes.rowActs}>
      <Button
        size="sm"
        look="subtle"
        aria-label={t('changeOf', { partner: row.partnerName })}
        onClick={() => setOpen({ act: 'set', row })}
      >
        {t('change')}
      </Button>
      <Button
        size="sm"
        look="subtle"
        aria-label={t('removeOf', { partner: row.partnerName })}
        onClick={() => setOpen({ act: 'remove', row })}
      >
        {t('remove')}
      </Button>
    </span>
  );

  return (
    <Section
      title={t('title')}
      description={props.description}
      action={mayMap ? <Button onClick={() => setOpen({ act: 'set', row: null })}>{t('add')}</Button> : null}
    >
      <DataTable
        caption={t('caption')}
        columns={[
          { key: 'partner', header: t('partner') },
          { key: 'name', header: t('at', { vendor }) },
          { key: 'id', header: t('id', { field }), mono: true },
          ...(mayMap ? [{ key: 'acts', header: t('act'), align: 'right' as const }] : []),
        ]}
        rows={rows.map((row) => ({
          id: row.mappingId,
          cells: {
            partner: row.partnerName,
            name: <MappingName row={row} vendor={vendor} reading={reading} />,
            id: <CopyableId id={row.externalId} label={field} />,
            acts: acts(row),
          },
        }))}
        empty={props.empty}
      />
      {open?.act === 'set' && (
        <MappingDialog
          {...props}
          row={open.row}
          onClose={close}
          onDone={(partner, name) => {
            notify({ kind: 'success', title: t('set', { partner, name }) });
            router.refresh();
            close();
          }}
        />
      )}
      {open?.act === 'remove' && (
        <ConfirmDialog
          title={t('removeTitle', { partner: open.row.partnerName })}
          confirm={t('remove')}
          working={t('removing')}
          look="danger"
          onClose={close}
          act={() => remove(open.row)}
        >
          <p>{t('removeText', { partner: open.row.partnerName })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
