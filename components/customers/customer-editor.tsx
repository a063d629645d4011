'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import * as z from 'zod/mini';
import { Button } from '@/components/display/button';
import { notify } from '@/components/display/notify';
import { applyFieldErrors } from '@/components/form/apply-field-errors';
import { FormError } from '@/components/form/form-error';
import { SelectField, type SelectOption } from '@/components/form/select-field';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';
import { useUnsaved } from '@/components/leaving/use-unsaved';
import type { FactName } from '@/lib/customers/changed-facts';
import { customerFactsSchema } from '@/lib/customers/customer-facts';
import type { CustomerEdit, CustomerSaved } from '@/lib/customers/customer-record';
import { factGroups } from '@/lib/customers/fact-groups';
import type { ActionFailure, ActionResult } from '@/lib/result';
import type { CustomerFacts } from '@/lib/vendors/vendor';
import classes from './customers.module.css';
import { StaleChoice } from './stale-choice';

export interface CustomerEditorProps {
  readonly customerId: string;
  readonly version: number;
  readonly facts: CustomerFacts;
  readonly countries: readonly SelectOption[];
  readonly labels: Readonly<Record<FactName, string>>;
  readonly act: (input: CustomerEdit) => Promise<ActionResult<CustomerSaved>>;
  readonly onClose: () => void;
}

const schema = z.object({ facts: customerFactsSchema });
const types = { email: 'email', phone: 'tel', website: 'url' } as const satisfies Partial<Record<FactName, string>>;
const isTyped = (name: FactName): name is keyof typeof types => name in types;

type Stale = Extract<CustomerSaved, { kind: 'stale' }>;

/** The form of a customer's facts. A save over somebody else's is refused, and both are shown. */
export function CustomerEditor({ customerId, version, facts, countries, labels, act, onClose }: CustomerEditorProps) {
  const t = useTranslations('customers');
  const router = useRouter();
  const form = useForm({ mode: 'onTouched', defaultValues: { facts: { ...facts } }, resolver: zodResolver(schema) });
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [stale, setStale] = useState<Stale | null>(null);
  useUnsaved(form.formState.isDirty);
  const { setFocus } = form;
  useEffect(() => setFocus('facts.name'), [setFocus]);

  async function save(typed: CustomerFacts, over: number) {
    setFailure(null);
    const result = await act({ customerId, version: over, facts: typed }).catch(
      (): ActionFailure => ({ ok: false, code: 'unexpected' }),
    );
    if (!result.ok) {
      if (applyFieldErrors(form, result).length > 0 || result.fields === undefined) setFailure(result);
      return;
    }
    if (result.value.kind === 'stale') return setStale(result.value);
    notify({ kind: 'success', title: t('edit.saved', { name: typed.name }) });
    finish();
  }

  function finish() {
    router.refresh();
    onClose();
  }

  if (stale !== null) {
    return (
      <>
        <FormError result={failure} />
        <StaleChoice
          base={facts}
          mine={form.getValues('facts')}
          theirs={stale.facts}
          labels={labels}
          onKeep={(merged) => save(merged, stale.version)}
          onDrop={finish}
        />
      </>
    );
  }
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={(event) => void form.handleSubmit((values) => save(values.facts, version))(event)}>
        <FormError result={failure} />
        <p className={classes.note}>{t('edit.note')}</p>
        {factGroups.map(({ group, facts: names }) => (
          <fieldset key={group} className={classes.group}>
            <legend>{t(`group.${group}`)}</legend>
            <div className={classes.fields}>
              {names.map((name) =>
                name === 'country' ? (
                  <SelectField
                    key={name}
                    name="facts.country"
                    label={labels.country}
                    options={countries}
                    required
                    clearable={false}
                  />
                ) : (
                  <TextField
                    key={name}
                    name={`facts.${name}`}
                    label={labels[name]}
                    required={name === 'name'}
                    type={isTyped(name) ? types[name] : 'text'}
                  />
                ),
              )}
            </div>
          </fieldset>
        ))}
        <div className={classes.buttons}>
          <Button onClick={onClose}>{t('edit.cancel')}</Button>
          <SubmitButton busy={form.formState.isSubmitting} working={t('edit.saving')}>
            {t('edit.save')}
          </SubmitButton>
        </div>
      </form>
    </FormProvider>
  );
}
