'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { passwordMaximum, passwordMinimum } from '@/lib/auth/password-length';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { CopyButton } from '../display/copy-button';
import { Dialog } from '../display/dialog';
import { notify } from '../display/notify';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { PlainPassword } from '../form/plain-password';
import classes from './users.module.css';

interface Props {
  name: string;
  onClose: () => void;
  /** Takes what was typed, or null for a generated one, which comes back. */
  act: (password: string | null) => Promise<ActionResult<{ password: string | null }>>;
}

/** Resets a password; a generated one is shown once, here. */
export function ResetPasswordDialog({ name, onClose, act }: Props) {
  const t = useTranslations('users.reset');
  const [typing, setTyping] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const [generated, setGenerated] = useState<string | null>(null);

  function refuse(sentence: string) {
    setFault(sentence);
    box.current?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const typed = new FormData(event.currentTarget).get('password');
    const password = typing && typeof typed === 'string' ? typed : null;
    setFailure(null);
    setFault(undefined);
    if (password !== null && [...password].length < passwordMinimum) {
      refuse(t('short', { minimum: passwordMinimum }));
      return;
    }
    setBusy(true);
    const result = await act(password).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    setBusy(false);
    if (!result.ok) {
      if (result.fields?.password === undefined) setFailure(result);
      else refuse(result.fields.password.join(' '));
      return;
    }
    if (result.value.password !== null) {
      setGenerated(result.value.password);
      return;
    }
    notify({ kind: 'success', title: t('done', { name }) });
    onClose();
  }

  if (generated !== null) {
    return (
      <Dialog key="done" title={t('doneTitle', { name })} onClose={onClose}>
        <div className={classes.form}>
          <div className={classes.secret}>
            <code>{generated}</code>
            <CopyButton text={generated} label={t('password')} size="sm">
              {t('copy')}
            </CopyButton>
          </div>
          <p>{t('doneText', { name })}</p>
          <div className={classes.buttons}>
            <Button look="primary" onClick={onClose}>
              {t('close')}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }

  return (
    <Dialog title={t('title', { name })} onClose={onClose} locked={busy}>
      <form className={classes.form} method="post" noValidate onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <fieldset className={classes.choice}>
          <legend>{t('how')}</legend>
          <label>
            <input type="radio" name="how" checked={!typing} onChange={() => setTyping(false)} />
            <span>
              {t('generate')} <small>{t('generateHelp')}</small>
            </span>
          </label>
          <label>
            <input type="radio" name="how" checked={typing} onChange={() => setTyping(true)} />
            <span>
              {t('type')} <small>{t('typeHelp', { minimum: passwordMinimum })}</small>
            </span>
          </label>
        </fieldset>
        {typing && (
          <PlainPassword
            ref={box}
            name="password"
            label={t('label')}
            autoComplete="new-password"
            maxLength={passwordMaximum}
            error={fault}
          />
        )}
        <p>{t('consequence', { name })}</p>
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <BusyButton type="submit" look="danger" busy={busy} working={t('working')}>
            {t('confirm')}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
