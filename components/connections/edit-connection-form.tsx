'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { asksSecretsAgain } from '@/lib/connections/changed-fields';
import { type EditConnectionInput, editFormSchema, type VendorFields } from '@/lib/connections/connection-schema';
import type { ConnectionRecord, ConnectionSettings } from '@/lib/connections/connection-view';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Moment } from '../display/moment';
import { notify } from '../display/notify';
import { applyFieldErrors } from '../form/apply-field-errors';
import { FormError } from '../form/form-error';
import { FormFooter } from '../form/form-footer';
import { SubmitButton } from '../form/submit-button';
import { useUnsaved } from '../leaving/use-unsaved';
import { ConnectionFields } from './connection-fields';
import classes from './connections.module.css';
import { isSameRecord, toFormValues } from './form-values';
import { StaleChoice } from './stale-choice';

interface Props {
  connection: ConnectionRecord;
  settings: ConnectionSettings;
  vendor: VendorFields;
  sandboxPossible: boolean;
  timeZone: string;
  save: (input: EditConnectionInput) => Promise<ActionResult<{ version: number }>>;
}

/** The settings of a connection, to be changed. A save over somebody else's is refused and shows both. */
export function EditConnectionForm({ connection, settings, vendor, sandboxPossible, timeZone, save }: Props) {
  const t = useTranslations('connections.form');
  const router = useRouter();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const current = toFormValues(connection, settings, vendor);
  /** The record that the typed values started from, and the record as the page has it now. */
  const base = useRef(current);
  const latest = useRef(current);
  latest.current = current;
  const form = useForm<EditConnectionInput>({ resolver: zodResolver(editFormSchema(vendor)), defaultValues: current });
  const { version } = useWatch({ control: form.control });
  const moved = asksSecretsAgain(current, form.getValues());

  async function submit(input: EditConnectionInput) {
    setFailure(null);
    const result = await save(input).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    if (!result.ok) {
      if (result.code === 'stale') router.refresh();
      else if (applyFieldErrors(form, result).length > 0 || result.fields === undefined) setFailure(result);
      return;
    }
    const saved = { ...input, version: result.value.version, secrets: current.secrets };
    base.current = saved;
    form.reset(saved);
    notify({ kind: 'success', title: t('saved') });
    router.refresh();
  }

  const note = (field: string) => {
    const stored = settings.secrets.find((secret) => secret.field === field);
    if (stored === undefined) return null;
    if (moved) return t('secretAgain');
    return t.rich('secretKeep', { at: () => <Moment at={stored.setAt} timeZone={timeZone} /> });
  };
  // Our own save is newer than the page for a moment; somebody else's is newer than the form.
  const overtaken = connection.version > (version ?? 0);
  const untouched = !form.formState.isDirty;
  useUnsaved(!untouched);
  const sameRecord = isSameRecord(current, base.current);
  useEffect(() => {
    if (!overtaken) return;
    // Disabled, enabled, or changed while nothing was typed here: there is nothing to choose between.
    if (untouched) form.reset(latest.current);
    else if (sameRecord) form.setValue('version', latest.current.version);
    if (untouched || sameRecord) base.current = latest.current;
  }, [overtaken, untouched, sameRecord, form]);

  return (
    <FormProvider {...form}>
      <form className={classes.form} noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)}>
        <ConnectionFields vendor={vendor} sandboxPossible={sandboxPossible || connection.sandbox} secretNote={note} />
        <FormError result={failure} />
        {overtaken && !untouched && !sameRecord && <StaleChoice theirs={current} />}
        <FormFooter>
          <SubmitButton busy={form.formState.isSubmitting} working={t('saving')}>
            {t('save')}
          </SubmitButton>
        </FormFooter>
      </form>
    </FormProvider>
  );
}
