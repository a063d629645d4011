'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { type CreateConnectionInput, createFormSchema, type VendorFields } from '@/lib/connections/connection-schema';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { ButtonLink } from '../display/button-link';
import { notify } from '../display/notify';
import { applyFieldErrors } from '../form/apply-field-errors';
import { FormError } from '../form/form-error';
import { FormFooter } from '../form/form-footer';
import { SubmitButton } from '../form/submit-button';
import { useUnsaved } from '../leaving/use-unsaved';
import { NativeSelectField } from '../vendors/native-select-field';
import { ConnectionFields } from './connection-fields';
import classes from './connections.module.css';

interface Props {
  vendors: readonly VendorFields[];
  /** The vendor that is offered first. */
  first: VendorFields;
  owners: readonly { readonly partnerId: string; readonly name: string }[];
  sandboxPossible: boolean;
  create: (input: CreateConnectionInput) => Promise<ActionResult<{ connectionId: string }>>;
}

/** What a vendor starts with: its real addresses and what it takes when a setting is left empty. */
function vendorDefaults({ baseUrl, tokenUrl, settings, secrets, profiles }: VendorFields) {
  return {
    baseUrl,
    tokenUrl: tokenUrl ?? '',
    profile: profiles[0],
    settings: Object.fromEntries(settings.map(({ key, fallback }) => [key, fallback])),
    secrets: Object.fromEntries(secrets.map(({ key }) => [key, ''])),
  };
}

/** The form of a new connection. */
export function NewConnectionForm({ vendors, first, owners, sandboxPossible, create }: Props) {
  const t = useTranslations('connections');
  const router = useRouter();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [created, setCreated] = useState(false);
  const form = useForm<CreateConnectionInput>({
    resolver: zodResolver(createFormSchema(vendors)),
    defaultValues: {
      partnerId: owners.length === 1 ? (owners[0]?.partnerId ?? '') : '',
      vendor: first.vendor,
      name: '',
      shared: false,
      sandbox: false,
      ...vendorDefaults(first),
      requestsPerSecond: null,
      timeoutMs: 20_000,
    },
  });
  useUnsaved(form.formState.isDirty && !created);
  const chosen = form.watch('vendor');
  const vendor = vendors.find((one) => one.vendor === chosen) ?? first;
  const shown = useRef(first);
  useEffect(() => {
    if (shown.current === vendor) return;
    shown.current = vendor;
    // What the form opened with stays what it is compared to: a name that was typed is still typed.
    form.reset({ ...form.getValues(), ...vendorDefaults(vendor) }, { keepDefaultValues: true });
  }, [vendor, form]);

  async function save(input: CreateConnectionInput) {
    setFailure(null);
    const result = await create(input).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    if (!result.ok) {
      if (applyFieldErrors(form, result).length > 0 || result.fields === undefined) setFailure(result);
      return;
    }
    setCreated(true);
    notify({ kind: 'success', title: t('new.done', { name: input.name }) });
    router.push(`/connections/${result.value.connectionId}`);
  }

  return (
    <FormProvider {...form}>
      <form className={classes.form} noValidate onSubmit={(event) => void form.handleSubmit(save)(event)}>
        <ConnectionFields
          vendor={vendor}
          sandboxPossible={sandboxPossible}
          secretNote={() => null}
          first={
            <>
              <NativeSelectField
                name="vendor"
                label={t('form.vendor')}
                required
                options={vendors.map((one) => ({ value: one.vendor, label: one.name }))}
              />
              <NativeSelectField
                name="partnerId"
                label={t('form.owner')}
                required
                options={owners.map(({ partnerId, name }) => ({ value: partnerId, label: name }))}
              />
            </>
          }
        />
        <FormError result={failure} />
        <FormFooter>
          <ButtonLink href="/connections">{t('mappings.dialog.cancel')}</ButtonLink>
          <SubmitButton
            // Stays busy until the new connection's page is there.
            busy={form.formState.isSubmitting || created}
            working={t('new.saving')}
          >
            {t('new.save')}
          </SubmitButton>
        </FormFooter>
      </form>
    </FormProvider>
  );
}
