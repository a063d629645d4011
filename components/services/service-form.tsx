'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { v7 as uuidv7 } from 'uuid';
import { announce } from '@/components/display/announce';
import { Notice } from '@/components/display/notice';
import { PageHeader } from '@/components/display/page-header';
import { BusyButton } from '@/components/form/busy-button';
import { FormFooter } from '@/components/form/form-footer';
import { useUnsaved } from '@/components/leaving/use-unsaved';
import { focusField } from '@/components/onboarding/form/focus-field';
import { useFindingWords, useVendorName } from '@/components/onboarding/vendor-words';
import { AvepointServiceFields } from '@/components/vendors/avepoint/service-fields';
import { fieldsResolver } from '@/components/vendors/fields-resolver';
import type { ServiceForm as Start } from '@/lib/services/service-form';
import { emptyServiceInput, type ServiceInput, serviceInputSchema } from '@/lib/vendors/avepoint/services/input';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { LintFinding } from '@/lib/vendors/vendor';
import { ServicePlan } from './service-plan';
import { ServiceRefusal } from './service-refusal';
import { type ServiceActions, useServicePlan } from './use-service-plan';

interface Props {
  start: Start;
  timeZone: string;
  actions: ServiceActions;
}

interface Values {
  service: ServiceInput;
}

/** The form of a service: one page, in words; then the plan below it, and the one button that sends. */
export function ServiceForm({ start, timeZone, actions }: Props) {
  const t = useTranslations('services');
  const router = useRouter();
  const { customer, connection, retry } = start;
  const vendor = useVendorName()(connection.vendor);
  const { form, lint } = useServiceForm(start);
  const words = useFindingWords();
  const opened = useCallback((correlationId: string) => router.push(`/onboardings/${correlationId}`), [router]);
  const { state, plan, submit } = useServicePlan(actions, opened);
  useUnsaved(form.formState.isDirty && state.step !== 'submitting');
  const typed = useWatch({ control: form.control, name: 'service' });
  // Minted with the first plan, and the same from then on: a second submit of this form cannot do it twice.
  const minted = useRef<string | null>(retry?.correlationId ?? null);
  const outdated = state.planned !== null && JSON.stringify(state.planned.submission.input) !== JSON.stringify(typed);
  const hints = lint(typed).filter((finding) => finding.level === 'hint');

  function planAs(anyway: boolean) {
    minted.current ??= uuidv7();
    return plan({
      correlationId: minted.current,
      customerId: customer.customerId,
      connectionId: connection.connectionId,
      input: structuredClone(form.getValues('service')),
      anyway,
      retryOf: retry?.attemptId ?? null,
    });
  }

  async function review() {
    const [stop] = lint(form.getValues('service')).filter((finding) => finding.level === 'error');
    await form.trigger();
    if (stop === undefined) return planAs(state.planned?.submission.anyway ?? false);
    announce(t('notYet'));
    focusField(stop.field);
  }

  return (
    <>
      <PageHeader
        title={t(retry === null ? 'titleFor' : 'titleRetry', { customer: customer.name })}
        breadcrumbs={[
          { label: t('crumb'), href: '/customers' },
          { label: customer.name, href: `/customers/${customer.customerId}` },
        ]}
        description={
          <p>
            {t('at', {
              connection: connection.name,
              profile: connection.profile === '2025-09' ? 'draft' : 'current',
            })}{' '}
            {t('notKept')}
          </p>
        }
      />
      {retry !== null && <ServiceRefusal retry={retry} vendor={connection.vendor} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <FormProvider {...form}>
          <AvepointServiceFields profile={connection.profile} />
        </FormProvider>
        {hints.map((hint) => (
          <Notice key={`${hint.field} ${hint.message}`} kind="info" title={words(hint)} />
        ))}
        <FormFooter>
          <BusyButton
            type="submit"
            look={state.planned === null || outdated ? 'primary' : 'default'}
            busy={state.step === 'planning'}
            working={t('planning', { vendor })}
          >
            {t('review')}
          </BusyButton>
        </FormFooter>
      </form>
      <ServicePlan
        state={state}
        outdated={outdated}
        timeZone={timeZone}
        onReview={() => void review()}
        onDecide={(anyway) => void planAs(anyway)}
        onSubmit={(planned) => void submit(planned)}
      />
    </>
  );
}

function useServiceForm({ connection, input, known }: Start) {
  const words = useFindingWords();
  const [first] = useState((): ServiceInput => {
    const parsed = serviceInputSchema.safeParse(input);
    return parsed.success ? parsed.data : emptyServiceInput;
  });
  const lint = (service: ServiceInput): readonly LintFinding[] =>
    catalogEntry(connection.vendor)?.services?.lint(service, {
      profile: connection.profile,
      known: known.services.flatMap(({ product }) => product ?? []),
      now: new Date(),
    }) ?? [];
  const form = useForm<Values>({
    mode: 'onTouched',
    defaultValues: { service: first },
    resolver: fieldsResolver((values: Values) => {
      const errors = lint(values.service).filter((finding) => finding.level === 'error');
      // The first finding of a field counts.
      return Object.fromEntries(errors.toReversed().map((finding) => [finding.field, words(finding)]));
    }),
  });
  return { form, lint };
}
