'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { kindsBelow, type PartnerKind } from '@/lib/partners/partner-node';
import type { AddPartnerInput } from '@/lib/partners/partner-schema';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { PlainField } from '../form/plain-field';
import classes from './partners.module.css';

interface Props {
  parent: { readonly name: string; readonly kind: PartnerKind };
  onClose: () => void;
  act: (input: Omit<AddPartnerInput, 'parentId'>) => Promise<ActionResult<unknown>>;
}

/** Adds a partner right below another one. */
export function AddDialog({ parent, onClose, act }: Props) {
  const t = useTranslations('partners');
  const kinds = kindsBelow(parent.kind);
  const [kind, setKind] = useState<AddPartnerInput['kind']>(kinds[0] ?? 'reseller');
  const [name, setName] = useState('');
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const box = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === '') {
      setFault(t('act.addNameMissing'));
      box.current?.focus();
      return;
    }
    setFault(undefined);
    setFailure(null);
    setBusy(true);
    const result = await act({ kind, name: name.trim() }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(result);
  }

  return (
    <Dialog title={t('act.addTitle', { name: parent.name })} onClose={onClose} locked={busy}>
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <fieldset className={classes.choice}>
          <legend>{t('act.addKind')}</legend>
          {kinds.map((one) => (
            <label key={one}>
              <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
              <span>{t(`kind.${one}`)}</span>
            </label>
          ))}
        </fieldset>
        <PlainField
          ref={box}
          label={t('act.addName')}
          required
          value={name}
          maxLength={255}
          autoComplete="off"
          error={fault}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <p className={classes.hint}>{t('act.addHelp')}</p>
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('act.cancel')}
          </Button>
          <BusyButton type="submit" look="primary" busy={busy} working={t('act.working')}>
            {t('act.addSave')}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
