'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import type { Role } from '@/lib/auth/permissions';
import type { ActionFailure, ActionResult } from '@/lib/result';
import type { CreateUserInput, InviteUserInput } from '@/lib/users/user-schema';
import { Button } from '../display/button';
import { Dialog } from '../display/dialog';
import { BusyButton } from '../form/busy-button';
import { FormError } from '../form/form-error';
import { PlainField } from '../form/plain-field';
import { PartnerPicker } from '../partners/partner-picker';
import { InvitationMade, type MadeLink } from './invitation-made';
import { RoleChoice } from './role-choice';
import { SecretOnce } from './secret-once';
import classes from './users.module.css';

export interface NewUserActs {
  invite: (input: InviteUserInput) => Promise<ActionResult<MadeLink>>;
  create: (input: CreateUserInput) => Promise<ActionResult<{ password: string | null }>>;
}

interface Props extends NewUserActs {
  /** The partner that is chosen from the start. */
  partner: { readonly partnerId: string; readonly name: string };
  timeZone: string;
  onClose: () => void;
}

type Done = { readonly name: string } & (
  | { readonly kind: 'invited'; readonly made: MadeLink }
  | { readonly kind: 'created'; readonly password: string }
);

/** Adds a user: invited by a link, or with a generated password. Either is shown once, here. */
export function NewUserDialog({ partner, timeZone, invite, create, onClose }: Props) {
  const t = useTranslations('users');
  const [byLink, setByLink] = useState(true);
  const [role, setRole] = useState<Role>('operator');
  const [home, setHome] = useState(partner);
  const [missing, setMissing] = useState<{ name?: string; email?: string }>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const nameBox = useRef<HTMLInputElement>(null);
  const emailBox = useRef<HTMLInputElement>(null);

  async function add(input: InviteUserInput): Promise<ActionFailure | null> {
    if (byLink) {
      const result = await invite(input);
      if (result.ok) setDone({ kind: 'invited', name: input.name, made: result.value });
      return result.ok ? null : result;
    }
    const result = await create({ ...input, password: null });
    if (result.ok) setDone({ kind: 'created', name: input.name, password: result.value.password ?? '' });
    return result.ok ? null : result;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const name = nameBox.current?.value.trim() ?? '';
    const email = emailBox.current?.value.trim() ?? '';
    const lacking = {
      ...(name === '' ? { name: t('new.missingName') } : {}),
      ...(/^\S+@\S+\.\S+$/.test(email) ? {} : { email: t('new.missingEmail') }),
    };
    setMissing(lacking);
    if (lacking.name !== undefined) return nameBox.current?.focus();
    if (lacking.email !== undefined) return emailBox.current?.focus();
    setFailure(null);
    setBusy(true);
    const failed = await add({ name, email, role, partnerId: home.partnerId }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (failed?.fields?.email !== undefined) {
      setMissing({ email: failed.fields.email.join(' ') });
      emailBox.current?.focus();
    } else setFailure(failed);
  }

  if (done !== null) {
    const title = done.kind === 'invited' ? 'link.title' : 'new.createdTitle';
    return (
      <Dialog key="done" title={t(title, { name: done.name })} onClose={onClose}>
        {done.kind === 'invited' ? (
          <InvitationMade name={done.name} made={done.made} timeZone={timeZone} onClose={onClose} />
        ) : (
          <SecretOnce
            secret={done.password}
            word={t('new.passwordWord')}
            copy={t('new.copyPassword')}
            onClose={onClose}
          >
            {t('new.createdText', { name: done.name })}
          </SecretOnce>
        )}
      </Dialog>
    );
  }

  return (
    <Dialog title={t('new.title')} onClose={onClose} locked={busy} wide>
      <form className={classes.form} method="post" noValidate onSubmit={(event) => void submit(event)}>
        <FormError result={failure} />
        <PlainField
          ref={nameBox}
          name="name"
          label={t('new.name')}
          required
          maxLength={255}
          autoComplete="off"
          error={missing.name}
        />
        <PlainField
          ref={emailBox}
          name="email"
          type="email"
          label={t('new.email')}
          required
          maxLength={254}
          autoComplete="off"
          error={missing.email}
        />
        <PartnerPicker
          label={t('new.partner')}
          help={t('new.partnerHelp')}
          picked={home}
          onPick={({ partnerId, name }) => setHome({ partnerId, name })}
        />
        <RoleChoice role={role} onChange={setRole} />
        <fieldset className={classes.choice}>
          <legend>{t('new.how')}</legend>
          <label>
            <input type="radio" name="how" checked={byLink} onChange={() => setByLink(true)} />
            <span>
              {t('new.invite')} <small>{t('new.inviteHelp')}</small>
            </span>
          </label>
          <label>
            <input type="radio" name="how" checked={!byLink} onChange={() => setByLink(false)} />
            <span>
              {t('new.password')} <small>{t('new.passwordHelp')}</small>
            </span>
          </label>
        </fieldset>
        <p className={classes.quiet}>{t('new.text')}</p>
        <div className={classes.buttons}>
          <Button onClick={onClose} disabled={busy}>
            {t('new.cancel')}
          </Button>
          <BusyButton type="submit" look="primary" busy={busy} working={t('new.working')}>
            {t(byLink ? 'new.send' : 'new.create')}
          </BusyButton>
        </div>
      </form>
    </Dialog>
  );
}
