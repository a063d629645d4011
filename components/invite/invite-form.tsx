'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useSyncExternalStore } from 'react';
import { passwordMaximum, passwordMinimum } from '@/lib/auth/password-length';
import { ButtonLink } from '../display/button-link';
import { Notice } from '../display/notice';
import { BusyButton } from '../form/busy-button';
import { PlainPassword } from '../form/plain-password';
import { acceptInvite } from './accept';
import classes from './invite-form.module.css';

const fields = ['password', 'repeated'] as const;
type Faults = Readonly<Partial<Record<(typeof fields)[number], string>>>;
const never = () => () => {};

/** The first password, twice. */
export function InviteForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('invite');
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [ending, setEnding] = useState<'accepted' | 'gone' | 'failed' | null>(null);
  // Before the script runs, the browser itself would send the form, and the password with it, elsewhere.
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

  function show(form: HTMLFormElement, found: Faults): boolean {
    setFaults(found);
    const first = fields.find((field) => found[field] !== undefined);
    const control = first === undefined ? null : form.elements.namedItem(first);
    if (control instanceof HTMLElement) control.focus();
    return first !== undefined;
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const data = new FormData(form);
    const password = String(data.get('password') ?? '');
    const short = [...password].length < passwordMinimum ? { password: t('short', { minimum: passwordMinimum }) } : {};
    const differs = data.get('repeated') === password ? {} : { repeated: t('differs') };
    if (show(form, { ...short, ...differs })) return;
    setBusy(true);
    setEnding(null);
    const answer = await acceptInvite(token, password);
    setBusy(false);
    if (answer.kind === 'unusable') show(form, { password: answer.message });
    else setEnding(answer.kind);
  }

  if (ending === 'accepted') {
    return (
      <div role="alert" className={classes.form}>
        <Notice kind="success" title={t('done.title')}>
          {t('done.text', { email })}
        </Notice>
        <ButtonLink href="/sign-in" look="primary">
          {t('done.signIn')}
        </ButtonLink>
      </div>
    );
  }
  return (
    <form className={classes.form} method="post" noValidate onSubmit={(event) => void submit(event)}>
      <div role="alert" className={classes.answer}>
        {ending !== null && (
          <Notice kind="error" title={t(`${ending}.title`)}>
            {t(`${ending}.text`)}
          </Notice>
        )}
      </div>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PlainPassword
        name="password"
        label={t('new')}
        description={t('help', { minimum: passwordMinimum })}
        autoComplete="new-password"
        maxLength={passwordMaximum}
        error={faults.password}
      />
      <PlainPassword
        name="repeated"
        label={t('repeat')}
        autoComplete="new-password"
        maxLength={passwordMaximum}
        error={faults.repeated}
      />
      <div className={classes.submit}>
        <BusyButton type="submit" look="primary" busy={busy} working={t('saving')} disabled={!ready}>
          {t('save')}
        </BusyButton>
      </div>
    </form>
  );
}
