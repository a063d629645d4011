'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useRef } from 'react';
import type { SectionHandle } from '@/components/vendors/section-props';
import { emptyCustomerFacts } from '@/lib/customers/customer-facts';
import type { FormConnection, FormStart } from '@/lib/onboarding/form-start';
import type { ActionFailure } from '@/lib/result';
import type { CustomerFacts, Json } from '@/lib/vendors/vendor';
import { useFindingWords } from '../vendor-words';
import type { FormActions } from './form-actions';
import { firstStop, lintAll, lintFacts, lintServicesAt, lintVendor, typedSecrets } from './lint-all';
import {
  emptyInput,
  inOrder,
  isRetry,
  type Snapshot,
  toDraft,
  toFirstSnapshot,
  toSubmission,
  withoutRemembered,
} from './snapshot';
import { markSubmitted, wasSubmitted } from './submitted';
import { useDraft } from './use-draft';
import { useFactsForm } from './use-facts-form';
import { putIntoAddress, useIntent } from './use-intent';
import { plannedOf, usePlan } from './use-plan';
import { useSnapshot } from './use-snapshot';
import { useStable } from './use-stable';
import { useVendorAnswers } from './use-vendor-answers';
import type { ChangeServices } from './vendor-services';

interface Options {
  readonly start: FormStart;
  readonly connectionId: string | null;
  readonly actions: FormActions;
  readonly onMint: (correlationId: string) => void;
}

/** Everything the form knows and does; what it looks like is elsewhere. */
export function useNewCustomer({ start, connectionId, actions, onMint }: Options) {
  const router = useRouter();
  const t = useTranslations('onboarding.draft');
  const findingWords = useFindingWords();
  const correlationId = useIntent(start.correlationId, onMint);
  const { snapshot, now, change } = useSnapshot(() => toFirstSnapshot(start, connectionId));
  const answers = useVendorAnswers(start);
  const sections = useRef(new Map<string, SectionHandle>());
  const id = correlationId ?? '';

  const draft = useDraft({
    correlationId,
    read: useStable(() => toDraft(now(), start)),
    save: actions.saveDraft,
    savedAt: start.draftSavedAt,
    leaveText: t('leave'),
    // From now on the draft holds what the link brought: a reload finds what was typed instead.
    onSaved: useStable(() => {
      if (correlationId === null) return;
      if (start.correlationId !== null && !window.location.search.includes('draft=')) onMint(correlationId);
      putIntoAddress(correlationId, ['customer', 'retry', 'connection']);
    }),
  });
  const {
    state: planState,
    plan,
    submit,
  } = usePlan(actions, (opened) => {
    draft.end();
    markSubmitted(opened);
    router.push(`/onboardings/${opened}`);
  });

  const edit = useStable((part: Partial<Snapshot>, at?: 'once') => {
    // A form tells of its values when fields appear, too: only what differs is typed.
    if (JSON.stringify({ ...now(), ...part }) === JSON.stringify(now())) return;
    change(part, at);
    draft.touch();
  });
  const lintNow = useStable((facts: CustomerFacts) => lintAll({ ...now(), facts }, start.connections, id).vendors);
  const form = useFactsForm({
    first: start.facts,
    lint: lintNow,
    findingWords,
    answers: answers.facts,
    onChange: useStable((facts: CustomerFacts) => edit({ facts })),
  });

  const linted = useMemo(() => lintAll(snapshot, start.connections, id), [snapshot, start.connections, id]);
  const planned = plannedOf(planState);
  const submission = useMemo(
    () => (planned === null ? null : toSubmission(snapshot, { start, correlationId: id })),
    [planned, snapshot, start, id],
  );

  return {
    correlationId,
    /** The browser's back button has brought a form that is over. */
    submitted: correlationId !== null && !isRetry(start) && planState.kind === 'none' && wasSubmitted(correlationId),
    snapshot,
    answers,
    draft,
    form,
    linted,
    planState,
    planned,
    /** Something was changed since the plan was made: it must be made again. */
    outdated: planned !== null && JSON.stringify(planned.submission) !== JSON.stringify(submission),
    required: useMemo(() => requiredFacts(start.connections, snapshot.chosen), [start.connections, snapshot.chosen]),
    choose: (chosen: readonly string[]) => edit({ chosen: inOrder(start.connections, chosen) }, 'once'),
    changeSecrets: useStable((at: string, secrets: Readonly<Record<string, string>>) =>
      change({ secrets: { ...now().secrets, [at]: secrets } }, 'once'),
    ),
    changeSection: useStable((at: string, input: Json) => edit({ inputs: { ...now().inputs, [at]: input } })),
    changeServices: useStable((...[at, toNext, when]: Parameters<ChangeServices>) =>
      edit({ services: { ...now().services, [at]: toNext(now().services[at] ?? []) } }, when),
    ),
    /** The rules about one service as it stands, beside the others of its connection. */
    lintService: useStable((connection: FormConnection, index: number, input: Json) => {
      const inputs = (now().services[connection.connectionId] ?? []).map((one) => one.input);
      // One that was removed has no rules any more.
      return index < inputs.length ? (lintServicesAt(connection, inputs.with(index, input))[index] ?? []) : [];
    }),
    /** Forgets what a section opened with as last time, and empties those fields. */
    forget: async (at: string) => {
      const result = await actions
        .forgetChoices({ partnerId: start.partnerId, connectionId: at })
        .catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
      const connection = start.connections.find(({ connectionId: one }) => one === at);
      if (result.ok && connection !== undefined) {
        const emptied = withoutRemembered(connection.vendor, now().inputs[at] ?? {});
        edit({ inputs: { ...now().inputs, [at]: emptied } }, 'once');
      }
      return result;
    },
    readySection: useCallback((at: string, handle: SectionHandle | null) => {
      if (handle === null) sections.current.delete(at);
      else sections.current.set(at, handle);
    }, []),
    lintSection: useStable((connection: FormConnection, input: Json) =>
      lintVendor(connection, {
        facts: now().facts,
        input,
        correlationId: id,
        typedSecrets: typedSecrets(now(), connection.connectionId),
      }),
    ),
    /** Shows every fault; answers the control of the first that stops, or null when the form can be planned. */
    review: (): string | null => {
      const stop = firstStop(lintAll(now(), start.connections, id));
      if (stop !== null) {
        void form.trigger();
        for (const handle of sections.current.values()) handle.showErrors();
      }
      return stop;
    },
    plan: () => plan(toSubmission(now(), { start, correlationId: id })),
    decide: (at: string, decision: Snapshot['decisions'][string]) => {
      change({ decisions: { ...now().decisions, [at]: decision } }, 'once');
      return plan(toSubmission(now(), { start, correlationId: id }));
    },
    submit: () => (planned === null ? Promise.resolve() : submit(planned)),
    /** Keeps what is typed, then opens the form for another partner; false when it could not be kept. */
    changePartner: async (partnerId: string): Promise<boolean> => {
      const kept = await actions
        .saveDraft({ correlationId: id, ...toDraft(now(), start, partnerId) })
        .catch(() => null);
      if (kept?.ok !== true) return false;
      draft.end();
      router.push(`/customers/new?draft=${id}&partner=${partnerId}`);
      return true;
    },
    discard: async () => {
      draft.end();
      const result = await actions
        .discardDraft({ correlationId: id })
        .catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
      if (result.ok) router.push('/customers');
      else draft.resume();
      return result;
    },
  };
}

export type NewCustomerState = ReturnType<typeof useNewCustomer>;

/** Facts that we or a chosen vendor cannot do without: what an empty form would be told to fill in. */
function requiredFacts(connections: readonly FormConnection[], chosen: readonly string[]): ReadonlySet<string> {
  const vendors = connections
    .filter((connection) => chosen.includes(connection.connectionId))
    .flatMap((connection) => lintEmpty(connection));
  return new Set([...Object.keys(lintFacts(emptyCustomerFacts)), ...vendors]);
}

function lintEmpty(connection: FormConnection): readonly string[] {
  const input = emptyInput(connection.vendor);
  return lintVendor(connection, { facts: emptyCustomerFacts, input, correlationId: '', typedSecrets: [] }).flatMap(
    ({ field, message }) => (message.endsWith('.required') && field.startsWith('customer.') ? [field] : []),
  );
}
