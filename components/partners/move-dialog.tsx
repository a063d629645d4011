'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { MovePreview } from '@/lib/partners/move-preview';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { Notice } from '../display/notice';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { fetchMovePreview } from './fetch-partners';
import { MoveConsequences } from './move-consequences';
import { PartnerPicker } from './partner-picker';
import classes from './partners.module.css';

interface Props {
  partner: { readonly partnerId: string; readonly name: string };
  onClose: () => void;
  act: (parentId: string, target: string) => Promise<ActionResult<unknown>>;
}

interface Target {
  readonly partnerId: string;
  readonly name: string;
}

type Shown = { readonly of: Target; readonly preview: MovePreview | null };

/** Moves a partner below another one; it can be done only once its consequences are on the screen. */
export function MoveDialog({ partner, onClose, act }: Props) {
  const t = useTranslations('partners.move');
  const [target, setTarget] = useState<Target | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const { partnerId, name } = partner;
  useEffect(() => {
    if (target === null) return;
    const stop = new AbortController();
    fetchMovePreview(partnerId, target.partnerId, stop.signal)
      .then((preview) => setShown({ of: target, preview }))
      .catch(() => {
        if (!stop.signal.aborted) setShown({ of: target, preview: null });
      });
    return () => stop.abort();
  }, [partnerId, target]);
  const current = shown !== null && shown.of === target ? shown : null;
  const ready = current?.preview != null && current.preview.hindrance === null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (target === null || !ready) {
      setMissing(target === null);
      box.current?.focus();
      return;
    }
    setFailure(null);
    setBusy(true);
    const result = await act(target.partnerId, target.name).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(result);
  }

  return (
    <Dialog title={t('title', { name })} onClose={onClose} locked={busy} wide>
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <p>{t('intro', { name })}</p>
        <PartnerPicker
          ref={box}
          label={t('search')}
          help={t('searchHelp')}
          picked={target}
          error={missing && target === null ? t('choose') : undefined}
          onPick={({ partnerId: picked, name: pickedName }) => {
            setFailure(null);
            setTarget({ partnerId: picked, name: pickedName });
          }}
        />
        <div role="status">
          {target !== null && current === null && <p className={classes.hint}>{t('reading')}</p>}
          {current !== null && current.preview === null && <p className={classes.error}>{t('failed')}</p>}
          {current?.preview != null &&
            (current.preview.hindrance === null ? (
              <MoveConsequences preview={current.preview} />
            ) : (
              <Notice
                kind="warning"
                title={t(`hindrance.${current.preview.hindrance}`, { name, target: current.preview.targetName })}
              />
            ))}
        </div>
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <BusyButton
            type="submit"
            look="primary"
            busy={busy}
            working={t('moving')}
            aria-disabled={busy || !ready || undefined}
          >
            {target === null ? t('saveEmpty') : t('save', { name, target: target.name })}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
