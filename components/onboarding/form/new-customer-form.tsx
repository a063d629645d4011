'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { announce } from '@/components/display/announce';
import { Button } from '@/components/display/button';
import { ButtonLink } from '@/components/display/button-link';
import { PageHeader } from '@/components/display/page-header';
import { BusyButton } from '@/components/form/busy-button';
import { FormFooter } from '@/components/form/form-footer';
import type { SelectOption } from '@/components/form/select-field';
import type { VendorAnswer } from '@/components/vendors/section-props';
import type { FormConnection, FormService, FormStart } from '@/lib/onboarding/form-start';
import { ConnectionChoice } from './connection-choice';
import { CustomerFields } from './customer-fields';
import { DiscardDraft } from './discard-draft';
import { DraftStatus } from './draft-status';
import { focusField } from './focus-field';
import classes from './form.module.css';
import type { FormActions } from './form-actions';
import { FormNotices } from './form-notices';
import { PartnerChoice } from './partner-choice';
import { PassPanel } from './pass-panel';
import { emptyInput, isRetry, rememberedFields, retriedConnections, type Snapshot, toRecord } from './snapshot';
import { StepLinks } from './step-links';
import { useNewCustomer } from './use-new-customer';
import { VendorDetails } from './vendor-details';

interface Props {
  start: FormStart;
  countries: readonly SelectOption[];
  connectionId: string | null;
  timeZone: string;
  actions: FormActions;
  onMint: (correlationId: string) => void;
}

const PlanStep = dynamic(() => import('../plan/plan-step').then((module) => module.PlanStep), { ssr: false });
const noSecrets: Readonly<Record<string, string>> = {};
const none: readonly VendorAnswer[] = [];
const noServices: readonly FormService[] = [];

/** One scrolling form: facts once, vendors, what each alone needs, the plan. */
export function NewCustomerForm({ start, countries, connectionId, timeZone, actions, onMint }: Props) {
  const t = useTranslations('onboarding');
  const state = useNewCustomer({ start, connectionId, actions, onMint });
  const { snapshot, planned, planState, linted } = state;
  const [chooseVendor, setChooseVendor] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const partner = start.partners.find((one) => one.partnerId === start.partnerId);
  const chosen = start.connections.filter((connection) => snapshot.chosen.includes(connection.connectionId));
  const retried = retriedConnections(start);
  const missingVendor = chosen.length === 0;

  function review() {
    setChooseVendor(missingVendor);
    const stop = state.review() ?? (missingVendor ? 'vendors' : null);
    if (stop === null) {
      void state.plan();
      return;
    }
    announce(t('form.notYet'));
    // The faults appear with the next drawing; the field to go to is there already.
    requestAnimationFrame(() => focusField(stop));
  }

  return (
    <>
      <PageHeader
        title={titleOf(start, t)}
        breadcrumbs={[{ label: t('form.crumb'), href: '/customers' }]}
        action={<DraftStatus state={state.draft.state} timeZone={timeZone} onRetry={() => void state.draft.flush()} />}
      />
      <FormNotices start={start} correlationId={state.correlationId} submitted={state.submitted} timeZone={timeZone} />
      <StepLinks
        present={[
          'customer',
          'vendors',
          ...(missingVendor ? [] : ['details' as const]),
          ...(planned === null ? [] : ['plan' as const]),
        ]}
      />
      <div className={classes.layout}>
        {/* Enter in a field plans; it never submits. Leaving a field keeps what was typed. */}
        <form
          noValidate
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            review();
          }}
          onBlur={() => void state.draft.flush()}
        >
          {start.partners.length > 1 && (
            <PartnerChoice
              partners={start.partners}
              partnerId={start.partnerId}
              fixed={start.customer !== null || retried.length > 0}
              onChange={state.changePartner}
            />
          )}
          <FormProvider {...state.form}>
            <CustomerFields countries={countries} required={state.required} existing={start.customer !== null} />
          </FormProvider>
          <ConnectionChoice
            connections={start.connections}
            partnerName={partner?.name ?? ''}
            chosen={snapshot.chosen}
            retried={retried}
            error={chooseVendor && missingVendor ? t('form.chooseVendor') : null}
            onChange={state.choose}
          />
          {chosen.map((connection, index) => (
            <VendorDetails
              key={connection.connectionId}
              anchor={index === 0}
              connection={connection}
              initial={snapshot.inputs[connection.connectionId] ?? emptyInput(connection.vendor)}
              partnerId={start.partnerId}
              initialSecrets={snapshot.secrets[connection.connectionId] ?? noSecrets}
              onInitialSecrets={state.changeSecrets}
              facts={snapshot.facts}
              countries={countries}
              timeZone={timeZone}
              answers={state.answers.sections[connection.connectionId] ?? none}
              lint={state.lintSection}
              onChange={state.changeSection}
              onReady={state.readySection}
              services={snapshot.services[connection.connectionId] ?? noServices}
              lintService={state.lintService}
              onServices={state.changeServices}
              remembered={rememberedIn(start, snapshot, connection)}
              onForget={state.forget}
            />
          ))}
          <FormFooter>
            <div>
              <Button look="subtle" onClick={() => setDiscarding(true)}>
                {t('draft.discard')}
              </Button>
            </div>
            {state.submitted && (
              <ButtonLink href={`/onboardings/${state.correlationId}`}>{t('form.openRecord')}</ButtonLink>
            )}
            <BusyButton
              type="submit"
              look={planned === null || state.outdated ? 'primary' : 'default'}
              busy={planState.kind === 'planning'}
              working={t('form.planning', { count: chosen.length })}
            >
              {missingVendor ? t('form.review') : t('form.reviewFor', { count: chosen.length })}
            </BusyButton>
          </FormFooter>
        </form>
        {discarding && <DiscardDraft onDiscard={state.discard} onClose={() => setDiscarding(false)} />}
        <PassPanel linted={linted} facts={snapshot.facts} planned={planState.kind !== 'none'} />
        {planState.kind !== 'none' && (
          <div className={classes.plan}>
            <PlanStep state={state} timeZone={timeZone} onReview={review} />
          </div>
        )}
      </div>
    </>
  );
}

/** The fields of a section that are as in the partner's last onboarding; none where a draft or a retry brought the values. */
function rememberedIn(start: FormStart, { inputs }: Snapshot, connection: FormConnection): readonly string[] {
  const { connectionId, vendor } = connection;
  if (start.vendors.some((one) => one.connectionId === connectionId)) return [];
  const [then, now] = [toRecord(start.remembered[connectionId]), toRecord(inputs[connectionId])];
  return rememberedFields(vendor, then).filter((field) => JSON.stringify(then[field]) === JSON.stringify(now[field]));
}

function titleOf(start: FormStart, t: ReturnType<typeof useTranslations<'onboarding'>>): string {
  if (start.customer === null) return t('form.title');
  const customer = start.customer.name;
  return isRetry(start) ? t('form.titleRetry', { customer }) : t('form.titleExisting', { customer });
}
