'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { PlainField } from '../form/plain-field';
import classes from './partners.module.css';

interface Props {
  name: string;
  onClose: () => void;
  act: (name: string) => Promise<ActionResult<unknown>>;
}

/** Gives a partner another name. */
export function RenameDialog({ name, onClose, act }: Props) {
  const t = useTranslations('partners.act');
  const [typed, setTyped] = useState(name);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const box = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (typed.trim() === '') {
      setFault(t('addNameMissing'));
      box.current?.focus();
      return;
    }
    setFault(undefined);
    setFailure(null);
    setBusy(true);
    const result = await act(typed.trim()).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(result);
  }

  return (
    <Dialog title={t('renameTitle', { name })} onClose={onClose} locked={busy}>
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <PlainField
          ref={box}
          label={t('addName')}
          description={t('renameHelp')}
          required
          value={typed}
          maxLength={255}
          autoComplete="off"
          error={fault}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <BusyButton type="submit" look="primary" busy={busy} working={t('working')}>
            {t('renameSave')}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
