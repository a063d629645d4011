'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { v7 as uuidv7 } from 'uuid';
import { announce } from '@/components/display/announce';
import { Notice } from '@/components/display/notice';
import { PageHeader } from '@/components/display/page-header';
import { BusyButton } from '@/components/form/busy-button';
import { FormFooter } from '@/components/form/form-footer';
import { FormSection } from '@/components/form/form-section';
import type { SelectOption } from '@/components/form/select-field';
import { useUnsaved } from '@/components/leaving/use-unsaved';
import { CustomerFields } from '@/components/onboarding/form/customer-fields';
import { focusField } from '@/components/onboarding/form/focus-field';
import classes from '@/components/onboarding/form/form.module.css';
import { type SinglePlanActions, useSinglePlan } from '@/components/onboarding/plan/use-single-plan';
import { useProblemWords, useVendorName } from '@/components/onboarding/vendor-words';
import { partnerSection } from '@/components/vendors/partner-sections';
import type { PartnerForm as Start } from '@/lib/vendor-partners/partner-form';
import type { PartnerPlanView } from '@/lib/vendor-partners/partner-plan-view';
import type { PartnerSubmission } from '@/lib/vendor-partners/partner-submission';
import type { Json } from '@/lib/vendors/vendor';
import { useLevelWords } from './level-words';
import { MapChoice } from './map-choice';
import { PartnerRefusal } from './partner-refusal';
import { usePartnerForm } from './use-partner-form';

/** Fetched when there is something to show: a form is filled first. */
const PartnerPlan = dynamic(() => import('./partner-plan').then((module) => module.PartnerPlan), { ssr: false });

interface Props {
  start: Start;
  countries: readonly SelectOption[];
  timeZone: string;
  actions: SinglePlanActions<PartnerPlanView, PartnerSubmission>;
}

const noSecrets = {};
const keepsNone = () => {};

/** The form of a partner at a vendor: what it is, the plan below it, and the one button that sends. */
export function PartnerForm({ start, countries, timeZone, actions }: Props) {
  const t = useTranslations('vendor-partners.form');
  const router = useRouter();
  const { connection, partner, parent, retry, mappable } = start;
  const vendor = useVendorName()(connection.vendor);
  const { form, facts, input, hints, required, answers, findingWords, ...parts } = usePartnerForm(start);
  const [mapTo, setMapTo] = useState(start.mapTo);
  const opened = useCallback((correlationId: string) => router.push(`/onboardings/${correlationId}`), [router]);
  const { state, plan, submit } = useSinglePlan(actions, opened);
  // Minted with the first plan, and the same from then on: a second submit of this form cannot do it twice.
  const minted = useRef<string | null>(retry?.correlationId ?? null);
  const planned = state.planned?.submission ?? null;
  const outdated =
    planned !== null &&
    JSON.stringify([planned.facts, planned.input, planned.mapTo]) !== JSON.stringify([facts, input, mapTo]);
  const { facts: firstFacts, input: firstInput, mapTo: firstMapTo } = start;
  const isTyped = JSON.stringify([facts, input, mapTo]) !== JSON.stringify([firstFacts, firstInput, firstMapTo]);
  useUnsaved(isTyped && state.step !== 'submitting');
  const Section = partnerSection(connection.vendor);

  function planAs(anyway: boolean) {
    minted.current ??= uuidv7();
    return plan({
      correlationId: minted.current,
      connectionId: connection.connectionId,
      partnerId: partner.partnerId,
      parentId: start.parentId,
      facts: structuredClone(facts),
      input: toRecord(input),
      mapTo,
      anyway,
      retryOf: retry?.attemptId ?? null,
    });
  }

  async function review() {
    const stop = await parts.firstStop();
    if (stop === null) return planAs(planned?.anyway ?? false);
    announce(t('notYet'));
    focusField(stop);
  }

  return (
    <>
      <Head start={start} vendor={vendor} />
      <Notices start={start} vendor={vendor} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <FormProvider {...form}>
          <CustomerFields
            countries={countries}
            required={required}
            existing={false}
            help={{ company: t('company', { vendor }), contact: t('contact', { vendor }) }}
          />
        </FormProvider>
        <FormSection title={t('details', { vendor })}>
          <div data-wide>
            {Section !== null && (
              <Section
                connection={connection}
                parent={parent}
                initial={start.input}
                partnerId={partner.partnerId}
                initialSecrets={noSecrets}
                onInitialSecrets={keepsNone}
                facts={facts}
                countries={countries}
                timeZone={timeZone}
                answers={answers.section}
                lint={parts.lintOfSection}
                findingWords={findingWords}
                onChange={parts.onInput}
                onReady={parts.onReady}
              />
            )}
          </div>
        </FormSection>
        {mappable !== null && (
          <MapChoice
            mappable={mappable}
            vendor={vendor}
            ownerName={connection.ownerName}
            chosenId={mapTo}
            onChoose={setMapTo}
          />
        )}
        {hints.map((hint) => (
          <Notice key={`${hint.field} ${hint.message}`} kind="info" title={findingWords(hint)} />
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
      {(state.planned !== null || state.failure !== null) && (
        <PartnerPlan
          state={state}
          outdated={outdated}
          timeZone={timeZone}
          onReview={() => void review()}
          onDecide={(anyway) => void planAs(anyway)}
          onSubmit={(one) => void submit(one)}
        />
      )}
    </>
  );
}

/** The section as the submission carries it: an object, whatever the vendor's form is typed as. */
function toRecord(input: Json): Record<string, unknown> {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return isObject ? { ...structuredClone(input) } : {};
}

function Head({ start, vendor }: { start: Start; vendor: string }) {
  const t = useTranslations('vendor-partners');
  const { connection, partner, parent, retry } = start;
  const words = useLevelWords(connection.vendor);
  const { connectionId, name: connectionName } = connection;
  const list = `/connections/${connectionId}/partners?partner=${partner.partnerId}`;
  const at = (vendorId: string) => `${list}&at=${encodeURIComponent(vendorId)}`;
  const title =
    retry !== null
      ? t('form.titleRetry', { vendor })
      : parent === null
        ? t('form.titleAt', { vendor })
        : t('form.titleBelow', { parent: parent.name });
  return (
    <PageHeader
      title={title}
      breadcrumbs={[
        { label: t('crumb'), href: '/connections' },
        { label: connectionName, href: `/connections/${connectionId}` },
        { label: t('titleAt', { vendor }), href: list },
        ...(parent?.path ?? []).map(({ vendorId, name }) => ({ label: name, href: at(vendorId) })),
        ...(parent === null ? [] : [{ label: parent.name, href: at(parent.vendorId) }]),
      ]}
      description={
        <>
          {parent !== null && (
            <p>{t('form.below', { parent: parent.name, level: words.level(parent.level).toLowerCase() })}</p>
          )}
          <p>{t('form.at', { connection: connectionName, partner: partner.name })}</p>
        </>
      }
    />
  );
}

function Notices({ start: { connection, partner, problem, retry }, vendor }: { start: Start; vendor: string }) {
  const t = useTranslations('vendor-partners');
  const problemWords = useProblemWords();
  const { unusable, name, ownerName: owner } = connection;
  return (
    <div className={classes.notices}>
      {unusable !== null && (
        <Notice kind="warning" title={t('form.unusable')}>
          {t(`unusable.${unusable === 'mapping-missing' ? 'mappingMissing' : unusable}`, {
            connection: name,
            vendor,
            owner,
            partner: partner.name,
          })}
        </Notice>
      )}
      {problem !== null && (
        <Notice kind="warning" title={t('form.unread', { vendor })}>
          <p>{problemWords(problem)}</p>
          <p>{t('form.unreadText', { vendor })}</p>
        </Notice>
      )}
      {retry !== null && <PartnerRefusal retry={retry} connection={connection} />}
    </div>
  );
}
