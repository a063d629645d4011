'use client';

import { useTranslations } from 'next-intl';
import { PlanSides } from '@/components/onboarding/plan/plan-sides';
import { TypedList } from '@/components/onboarding/plan/typed-list';
import { toTyped } from '@/components/onboarding/plan/typed-values';
import { useFieldWords } from '@/components/onboarding/vendor-words';
import type { PlanServiceRow } from '@/lib/onboarding/plan-view';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { VendorKey } from '@/lib/vendors/vendor';

interface Props {
  about: { readonly vendor: VendorKey; readonly connectionName: string; readonly product: string | null };
  request: NonNullable<PlanServiceRow['request']>;
  /** The form of the service as it was submitted. */
  input: Readonly<Record<string, unknown>>;
}

/** Of a service: left what a person typed, right what the vendor will get. */
export function ServiceRequest({ about: { vendor, connectionName, product }, request, input }: Props) {
  const fieldWords = useFieldWords();
  const choiceWords = useChoiceWords();
  return (
    <PlanSides connectionName={connectionName} request={request}>
      <TypedList
        typed={toTyped(input, catalogEntry(vendor)?.services?.emptyInput ?? {})}
        labelOf={(path) => fieldWords(vendor, `service.${path}`) ?? path}
        nameOf={(path, value) => (path === 'product' ? product : choiceWords(vendor, path, value))}
      />
    </PlanSides>
  );
}

interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string): string;
}

/** A choice in the words of the form; null where it is no choice. */
function useChoiceWords(): (vendor: string, field: string, value: string) => string | null {
  const all: LooseTranslator = useTranslations();
  return (vendor, field, value) => {
    const key = `${vendor}.service.${field}.${value}`;
    return all.has(key) ? all.markup(key) : null;
  };
}
