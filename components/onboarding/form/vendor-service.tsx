'use client';

import { IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { type FieldValues, FormProvider, get, set, useForm } from 'react-hook-form';
import { Button } from '@/components/display/button';
import { fieldId } from '@/components/form/field-id';
import { fieldsResolver } from '@/components/vendors/fields-resolver';
import { openInvalid } from '@/components/vendors/open-invalid';
import type { SectionHandle } from '@/components/vendors/section-props';
import { serviceFieldsOf } from '@/components/vendors/service-fields-of';
import type { FormConnection, FormService } from '@/lib/onboarding/form-start';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { Json, LintFinding } from '@/lib/vendors/vendor';
import { useFindingWords } from '../vendor-words';
import { controlName } from './lint-all';
import { toRecord } from './snapshot';
import { useStable } from './use-stable';
import classes from './vendor-services.module.css';

interface Props {
  /** Where its fields are: `<connection id>.services.<index>`. */
  at: string;
  connection: FormConnection;
  service: FormService;
  lint: (input: Json) => readonly LintFinding[];
  onChange: (input: Json) => void;
  onRemove: () => void;
  onReady: (handle: SectionHandle | null) => void;
}

/** One service: its product, and below it the same fields as in a form of its own. What is typed is kept as it is typed. */
export function ServiceItem({ at, connection, service, lint, onChange, onRemove, onReady }: Props) {
  const t = useTranslations('onboarding.form.services');
  const Fields = serviceFieldsOf(connection.vendor);
  const form = useServiceForm({ at, connection, service, lint, onChange, onReady });
  const name = catalogEntry(connection.vendor)?.services?.productName(service.input) ?? null;
  // One that was just added is open; what a draft or a retry brings is there already.
  const [open] = useState(name === null);
  return (
    <li className={classes.item} data-fields={fieldId(`${at}.`)}>
      <details className={classes.details} {...(open ? { open: true } : {})}>
        <summary id={fieldId(at)}>
          <IconChevronRight size={16} aria-hidden />
          <span className={classes.names}>
            <span>{name ?? t('unnamed')}</span>
            {service.retryOf !== null && <span className={classes.help}>{t('retried')}</span>}
          </span>
        </summary>
        <div className={classes.inside}>
          {Fields !== null && (
            <FormProvider {...form}>
              <Fields profile={connection.profile} at={at} nested />
            </FormProvider>
          )}
        </div>
      </details>
      <Button
        size="sm"
        look="subtle"
        icon={<IconTrash size={16} aria-hidden />}
        aria-label={t('removeNamed', { service: name ?? t('unnamed') })}
        onClick={onRemove}
      >
        {t('remove')}
      </Button>
    </li>
  );
}

function useServiceForm({ at, connection, service, lint, onChange, onReady }: Omit<Props, 'onRemove'>) {
  const words = useFindingWords();
  const [first] = useState(() => toValues(at, { ...emptyOf(connection), ...toRecord(service.input) }));
  const check = useStable(lint);
  const form = useForm<FieldValues>({
    mode: 'onTouched',
    defaultValues: first,
    resolver: fieldsResolver((values: FieldValues) => {
      const wrong = check(get(values, at)).filter((finding) => finding.level === 'error');
      // The first finding of a field counts.
      const named = wrong.toReversed().map((one) => [controlName(one.field, connection.connectionId), words(one)]);
      return Object.fromEntries(named);
    }),
  });
  const { subscribe, getValues, trigger } = form;
  const change = useStable(onChange);
  const ready = useStable(onReady);
  useEffect(
    () => subscribe({ formState: { values: true }, callback: () => change(structuredClone(get(getValues(), at))) }),
    [subscribe, getValues, change, at],
  );
  useEffect(() => {
    const showErrors = () => {
      void trigger().then(() => openInvalid(document.querySelector(`[data-fields="${fieldId(`${at}.`)}"]`)));
    };
    ready({ showErrors });
    return () => ready(null);
  }, [ready, trigger, at]);
  return form;
}

/** What an old draft leaves out is empty. */
function emptyOf({ vendor }: FormConnection) {
  return toRecord(catalogEntry(vendor)?.services?.emptyInput);
}

function toValues(at: string, input: Json): FieldValues {
  const values: FieldValues = {};
  set(values, at, structuredClone(input));
  return values;
}
