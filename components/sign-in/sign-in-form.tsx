'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState, useSyncExternalStore } from 'react';
import { Notice } from '../display/notice';
import { BusyButton } from '../form/busy-button';
import { PlainField } from '../form/plain-field';
import { PlainPassword } from '../form/plain-password';
import { postCredentials, type SignInAnswer } from './post-credentials';
import classes from './sign-in-form.module.css';
import { ThrottledNotice } from './throttled-notice';

interface Props {
  /** Path within the portal to open after the sign-in. */
  next: string;
  /** The browser came with a session that is over. */
  ended: boolean;
}

type Missing = Readonly<Partial<Record<'email' | 'password', string>>>;
type Shown = Exclude<SignInAnswer, { kind: 'signed-in' }> & { readonly at: number };

const never = () => () => {};

export function SignInForm({ next, ended }: Props) {
  const t = useTranslations('sign-in');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Shown | null>(null);
  const [missing, setMissing] = useState<Missing>({});
  const password = useRef<HTMLInputElement>(null);
  const email = useRef<HTMLInputElement>(null);
  // Before the script runs, the browser itself would send the form, and the password with it, elsewhere.
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const given = { email: email.current?.value.trim() ?? '', password: password.current?.value ?? '' };
    const lacking: Missing = {
      ...(given.email === '' ? { email: t('missing.email') } : {}),
      ...(given.password === '' ? { password: t('missing.password') } : {}),
    };
    setMissing(lacking);
    if (lacking.email !== undefined) return email.current?.focus();
    if (lacking.password !== undefined) return password.current?.focus();
    setBusy(true);
    setAnswer(null);
    const ending = await postCredentials(given);
    if (ending.kind === 'signed-in') {
      // A whole new document: nothing that was made for nobody stays in memory.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setAnswer({ ...ending, at: Date.now() });
    if (ending.kind === 'refused') password.current?.select();
  }

  return (
    <form className={classes.form} method="post" noValidate onSubmit={(event) => void submit(event)}>
      <div role="alert" className={classes.answer}>
        {answer !== null && <Answer key={answer.at} answer={answer} />}
      </div>
      {ended && answer === null && (
        <Notice kind="info" title={t('ended.title')}>
          {t('ended.text')}
        </Notice>
      )}
      <PlainField
        ref={email}
        name="email"
        type="email"
        label={t('email')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        error={missing.email}
      />
      <PlainPassword
        ref={password}
        name="password"
        label={t('password')}
        autoComplete="current-password"
        maxLength={256}
        error={missing.password}
      />
      <div className={classes.submit}>
        <BusyButton type="submit" look="primary" busy={busy} working={t('working')} disabled={!ready}>
          {t('submit')}
        </BusyButton>
      </div>
    </form>
  );
}

function Answer({ answer }: { answer: Shown }) {
  const t = useTranslations('sign-in');
  if (answer.kind === 'throttled') {
    return <ThrottledNotice until={answer.at + answer.waitSeconds * 1000} waitSeconds={answer.waitSeconds} />;
  }
  return (
    <Notice kind="error" title={t(`${answer.kind}.title`)}>
      {t(`${answer.kind}.text`)}
    </Notice>
  );
}
