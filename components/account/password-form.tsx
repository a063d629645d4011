'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { passwordMinimum } from '@/lib/auth/password-length';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { notify } from '../display/notify';
import { FormError } from '../form/form-error';
import { PlainPassword } from '../form/plain-password';
import { SubmitButton } from '../form/submit-button';
import classes from './account.module.css';

const fields = ['currentPassword', 'newPassword', 'repeated'] as const;
type Faults = Readonly<Partial<Record<(typeof fields)[number], string>>>;

interface Props {
  act: (input: { currentPassword: string; newPassword: string }) => Promise<ActionResult<null>>;
}

/** Current password, new one twice. */
export function PasswordForm({ act }: Props) {
  const t = useTranslations('account.password');
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  function judge(given: Record<(typeof fields)[number], string>): Faults {
    return {
      ...(given.currentPassword === '' ? { currentPassword: t('missing') } : {}),
      ...([...given.newPassword].length < passwordMinimum
        ? { newPassword: t('short', { minimum: passwordMinimum }) }
        : {}),
      ...(given.repeated === given.newPassword ? {} : { repeated: t('differs') }),
    };
  }

  function show(form: HTMLFormElement, found: Faults) {
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
    const text = (name: string) => String(data.get(name) ?? '');
    const given = {
      currentPassword: text('currentPassword'),
      newPassword: text('newPassword'),
      repeated: text('repeated'),
    };
    setFailure(null);
    if (show(form, judge(given))) return;
    setBusy(true);
    const result = await act({ currentPassword: given.currentPassword, newPassword: given.newPassword }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    setBusy(false);
    if (result.ok) {
      form.reset();
      notify({ kind: 'success', title: t('saved'), message: t('savedText') });
      router.refresh();
      return;
    }
    const found = Object.fromEntries(
      fields.flatMap((field) =>
        result.fields?.[field] === undefined ? [] : [[field, result.fields[field].join(' ')]],
      ),
    );
    if (!show(form, found)) setFailure(result);
  }

  return (
    <form className={classes.form} method="post" noValidate onSubmit={(event) => void submit(event)}>
      <FormError result={failure} />
      <PlainPassword
        name="currentPassword"
        label={t('current')}
        autoComplete="current-password"
        maxLength={256}
        error={faults.currentPassword}
      />
      <PlainPassword
        name="newPassword"
        label={t('new')}
        autoComplete="new-password"
        maxLength={256}
        error={faults.newPassword}
      />
      <PlainPassword
        name="repeated"
        label={t('repeat')}
        autoComplete="new-password"
        maxLength={256}
        error={faults.repeated}
      />
      <div className={classes.buttons}>
        <SubmitButton busy={busy} working={t('saving')} look="default">
          {t('save')}
        </SubmitButton>
        <p>{t('consequence')}</p>
      </div>
    </form>
  );
}
