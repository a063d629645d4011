'use client';

import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import type { SetMappingInput } from '@/lib/connections/connection-schema';
import type { MappingRow } from '@/lib/connections/connection-view';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { QueryProvider } from '../theme/query-provider';
import classes from './connections.module.css';
import { LookupPicker, type Picked } from './lookup-picker';

interface Props {
  connectionId: string;
  vendor: string;
  lookup: string;
  timeZone: string;
  /** The mapping to change, or null for a new one. */
  row: MappingRow | null;
  partners: readonly { readonly partnerId: string; readonly name: string }[];
  set: (input: SetMappingInput) => Promise<ActionResult<{ mappingId: string }>>;
  onClose: () => void;
  onDone: (partner: string, name: string) => void;
}

/** Says what one partner is at the vendor, picked from what the vendor itself lists. */
export function MappingDialog({ connectionId, vendor, lookup, timeZone, row, partners, set, onClose, onDone }: Props) {
  const t = useTranslations('connections.mappings.dialog');
  const [partnerId, setPartnerId] = useState(row?.partnerId ?? null);
  const [picked, setPicked] = useState<Picked | null>(
    row === null ? null : { value: row.externalId, label: row.externalName || row.externalId },
  );
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const partner = row?.partnerName ?? partners.find((one) => one.partnerId === partnerId)?.name ?? null;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setAsked(true);
    if (busy || partnerId === null || partner === null || picked === null) return;
    setBusy(true);
    setFailure(null);
    const mapping = { externalId: picked.value, externalName: picked.label === picked.value ? '' : picked.label };
    const result = await set({ connectionId, partnerId, ...mapping, version: row?.version ?? null }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (result.ok) onDone(partner, picked.label);
    else setFailure(result);
  }

  return (
    <Dialog
      title={row === null ? t('title') : t('titleOf', { partner: row.partnerName, vendor })}
      onClose={onClose}
      locked={busy}
    >
      <form className={classes.dialogForm} noValidate onSubmit={(event) => void submit(event)}>
        {row === null && (
          <Select
            // Choosing what is chosen keeps it.
            allowDeselect={false}
            label={t('partner')}
            data={partners.map(({ partnerId: value, name: label }) => ({ value, label }))}
            value={partnerId}
            onChange={setPartnerId}
            searchable
            limit={100}
            required
            withAsterisk
            nothingFoundMessage={t('noPartners')}
            error={asked && partnerId === null ? t('choosePartner') : failure?.fields?.partnerId?.join(' ')}
            // The browser's dialog makes everything outside it inert.
            comboboxProps={{ withinPortal: false }}
            maxDropdownHeight={200}
          />
        )}
        <QueryProvider>
          <LookupPicker
            connectionId={connectionId}
            vendor={vendor}
            lookup={lookup}
            timeZone={timeZone}
            own={row?.externalId ?? null}
            picked={picked}
            onPick={setPicked}
            error={asked && picked === null ? t('chooseExternal', { vendor }) : failure?.fields?.externalId?.join(' ')}
          />
        </QueryProvider>
        <p className={classes.quiet}>{t('consequence', { vendor })}</p>
        {failure !== null && failure.fields === undefined && <FormError result={failure} />}
        <div className={classes.end}>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <BusyButton type="submit" look="primary" busy={busy} working={t('saving')}>
            {partner === null ? t('saveEmpty') : t('save', { partner })}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
