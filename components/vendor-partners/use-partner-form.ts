'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useRef, useState } from 'react';
import { controlName, lintFacts } from '@/components/onboarding/form/lint-all';
import { useFactsForm } from '@/components/onboarding/form/use-facts-form';
import { useFindingWords, useVendorName } from '@/components/onboarding/vendor-words';
import type { SectionHandle, VendorAnswer } from '@/components/vendors/section-props';
import { emptyCustomerFacts } from '@/lib/customers/customer-facts';
import type { PartnerForm } from '@/lib/vendor-partners/partner-form';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { CustomerFacts, Json, LintFinding } from '@/lib/vendors/vendor';

/** What is typed: the shared facts and the vendor's section, with the vendor's rules about both. */
export function usePartnerForm(start: PartnerForm) {
  const { connection, parent } = start;
  const findingWords = useFindingWords();
  const [facts, setFacts] = useState(start.facts);
  const [input, setInput] = useState<Json>(start.input);
  const latest = useRef({ facts: start.facts, input: start.input });
  const section = useRef<SectionHandle | null>(null);
  const answers = useAnswers(start);

  const rules = useCallback(
    (given: { readonly facts: CustomerFacts; readonly input: Json }): readonly LintFinding[] => {
      const { mappingId, mappingName, profile } = connection;
      const context = { correlationId: start.retry?.correlationId ?? '', mappingId, mappingName, profile, parent };
      return catalogEntry(connection.vendor)?.partners?.lint(given.facts, given.input, context) ?? [];
    },
    [connection, parent, start.retry],
  );
  const lintOfFacts = useCallback(
    (typed: CustomerFacts) => [{ connection, findings: rules({ facts: typed, input: latest.current.input }) }],
    [connection, rules],
  );
  const onFacts = useCallback((typed: CustomerFacts) => {
    latest.current = { ...latest.current, facts: typed };
    setFacts(typed);
  }, []);
  const form = useFactsForm({
    first: start.facts,
    lint: lintOfFacts,
    findingWords,
    answers: answers.facts,
    onChange: onFacts,
  });
  const onInput = useCallback((typed: Json) => {
    latest.current = { ...latest.current, input: typed };
    setInput(typed);
  }, []);
  const lintOfSection = useCallback((typed: Json) => rules({ facts: latest.current.facts, input: typed }), [rules]);
  const onReady = useCallback((handle: SectionHandle | null) => {
    section.current = handle;
  }, []);

  /** Shows every fault; the first field that stops the form, or null. */
  async function firstStop(): Promise<string | null> {
    await form.trigger();
    section.current?.showErrors();
    const [fact] = Object.keys(lintFacts(latest.current.facts));
    const [error] = rules(latest.current).filter((finding) => finding.level === 'error');
    return fact ?? (error === undefined ? null : controlName(error.field, connection.connectionId));
  }

  // What the vendor cannot do without, as its own rules about an empty form say.
  const required = useMemo(() => {
    const stops = rules({ facts: emptyCustomerFacts, input: start.input });
    const needed = stops.filter(({ message, field }) => message.endsWith('.required') && field.startsWith('customer.'));
    return new Set(['customer.name', 'customer.country', ...needed.map(({ field }) => field)]);
  }, [rules, start.input]);
  const hints = rules({ facts, input }).filter((finding) => finding.level === 'hint');
  return { form, facts, input, hints, required, answers, lintOfSection, onInput, onReady, firstStop, findingWords };
}

/** What the vendor said about fields when it refused the attempt that this form tries again. */
function useAnswers({ retry, connection }: PartnerForm): {
  readonly facts: readonly VendorAnswer[];
  readonly section: readonly VendorAnswer[];
} {
  const t = useTranslations('onboarding.form');
  const vendor = useVendorName()(connection.vendor);
  return useMemo(() => {
    const all = (retry?.problem?.fieldErrors ?? []).flatMap(({ field, messages }) => {
      if (field === null) return [];
      const words = messages.join(' ');
      return [{ field, text: words === '' ? t('refusedField') : t('vendorSaid', { vendor, words }) }];
    });
    const isFact = ({ field }: VendorAnswer) => field.startsWith('customer.');
    return {
      facts: all.filter(isFact).map(({ field, text }) => ({ field: field.replace('customer.', ''), text })),
      section: all.filter((one) => !isFact(one)),
    };
  }, [retry, vendor, t]);
}
