'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { Button } from '../display/button';
import { notify } from '../display/notify';
import { useNow } from '../display/use-now';
import { applyFieldErrors } from '../form/apply-field-errors';
import { FormError } from '../form/form-error';
import { SelectField } from '../form/select-field';
import { SubmitButton } from '../form/submit-button';
import classes from './account.module.css';

interface Props {
  timeZone: string;
  /** Names of all zones, from the server, so that both render the same. */
  zones: readonly string[];
  act: (input: { timeZone: string }) => Promise<ActionResult<null>>;
}

/** `Europe/Lisbon` as people write it. */
const toLabel = (zone: string) => zone.replaceAll('_', ' ');

export function TimeZoneForm({ timeZone, zones, act }: Props) {
  const t = useTranslations('account.zone');
  const router = useRouter();
  const form = useForm({ defaultValues: { timeZone } });
  const chosen = form.watch('timeZone');
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  // A zone by an older name is still a choice that was made.
  const names = zones.includes(timeZone) ? zones : [timeZone, ...zones];

  async function save(input: { timeZone: string }) {
    setFailure(null);
    const result = await act(input).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
    if (!result.ok) {
      if (applyFieldErrors(form, result).length > 0 || result.fields === undefined) setFailure(result);
      return;
    }
    notify({ kind: 'success', title: t('saved', { zone: toLabel(input.timeZone) }) });
    router.refresh();
  }

  return (
    <FormProvider {...form}>
      <form className={classes.form} noValidate onSubmit={(event) => void form.handleSubmit(save)(event)}>
        <FormError result={failure} />
        <SelectField
          name="timeZone"
          label={t('label')}
          required
          options={names.map((zone) => ({ value: zone, label: toLabel(zone) }))}
          description={<ClockThere zone={chosen} />}
        />
        <div className={classes.buttons}>
          <SubmitButton busy={form.formState.isSubmitting} working={t('saving')} look="default">
            {t('save')}
          </SubmitButton>
          {own !== null && own !== chosen && names.includes(own) && (
            <Button look="subtle" onClick={() => form.setValue('timeZone', own, { shouldDirty: true })}>
              {t('useBrowser', { zone: toLabel(own) })}
            </Button>
          )}
        </div>
      </form>
    </FormProvider>
  );
}

/** The time in the chosen zone, so that a wrong choice shows. */
function ClockThere({ zone }: { zone: string }) {
  const t = useTranslations('account.zone');
  const now = useNow();
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone === '' ? 'UTC' : zone,
    hour: '2-digit',
    minute: '2-digit',
  });
  // The server's minute may be over when the browser takes over.
  return <span suppressHydrationWarning>{t('now', { time: time.format(now) })}</span>;
}
