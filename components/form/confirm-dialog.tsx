'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { BusyButton } from './busy-button';
import classes from './confirm-dialog.module.css';
import { FormError } from './form-error';
import { PlainTextarea } from './plain-textarea';

interface Props {
  /** Names the object: "Disable Ines Costa". */
  title: string;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** A verb and its object: "Disable Ines Costa". */
  confirm: string;
  /** What is happening, in words: "Disabling…". */
  working?: string;
  look?: 'primary' | 'danger';
  /** Asks for a note; the act gets it. */
  note?: { readonly label?: string; readonly description?: string; readonly required?: boolean };
  onClose: () => void;
  /** Does it. A failure is shown in the dialog; a success closes it. */
  act: (note: string) => Promise<ActionResult<unknown>>;
}

/** Asks before something that others feel. Render it while it is open, best through `next/dynamic`. */
export function ConfirmDialog({ title, children, confirm, working, look = 'primary', note, onClose, act }: Props) {
  const t = useTranslations('display.dialog');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const text = new FormData(event.currentTarget).get('note');
    setBusy(true);
    setFailure(null);
    const result = await act(typeof text === 'string' ? text.trim() : '').catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(result);
  }

  return (
    <Dialog title={title} onClose={onClose} locked={busy}>
      <form onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <div className={classes.consequences}>{children}</div>
        {note !== undefined && (
          <div className={classes.note}>
            <PlainTextarea
              name="note"
              label={note.label ?? t('note')}
              description={note.description ?? t('noteHelp')}
              required={note.required ?? false}
              error={failure?.fields?.note?.join(' ')}
              maxLength={2000}
            />
          </div>
        )}
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <BusyButton type="submit" look={look} busy={busy} working={working}>
            {confirm}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
