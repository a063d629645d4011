'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import type { Role } from '@/lib/auth/permissions';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { PartnerPicker } from '../partners/partner-picker';
import { RoleChoice } from './role-choice';
import classes from './users.module.css';

interface Props {
  name: string;
  onClose: () => void;
  act: (role: Role, partner: { partnerId: string; name: string }) => Promise<ActionResult<null>>;
}

/** Gives a user a further role, at one partner and everything below it. */
export function GrantDialog({ name, onClose, act }: Props) {
  const t = useTranslations('users.grant');
  const [role, setRole] = useState<Role>('viewer');
  const [partner, setPartner] = useState<{ partnerId: string; name: string } | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const box = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setAsked(true);
    if (partner === null) {
      box.current?.focus();
      return;
    }
    setFailure(null);
    setBusy(true);
    const result = await act(role, partner).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    setBusy(false);
    if (result.ok) onClose();
    else setFailure(result);
  }

  return (
    <Dialog title={t('addTitle', { name })} onClose={onClose} locked={busy} wide>
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <RoleChoice role={role} onChange={setRole} />
        <PartnerPicker
          ref={box}
          label={t('partner')}
          help={t('partnerHelp')}
          picked={partner}
          error={asked && partner === null ? t('missingPartner') : undefined}
          onPick={({ partnerId, name: picked }) => setPartner({ partnerId, name: picked })}
        />
        <p>{t('consequence', { name })}</p>
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <BusyButton type="submit" look="primary" busy={busy} working={t('working')}>
            {t('save')}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
