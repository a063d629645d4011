'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { LintFinding, VendorKey, VendorProblem, VendorRemark } from '@/lib/vendors/vendor';

/** A translator for keys that come with the data; whether they are there is asked before. */
interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string, values?: Readonly<Record<string, string>>): string;
}

function useLoose(): LooseTranslator {
  return useTranslations();
}

/** What a vendor's problem means, in a sentence: the key comes with the problem, the words from the catalogue. */
export function useProblemWords(): (problem: VendorProblem) => string {
  const all = useLoose();
  const t = useTranslations('onboarding');
  return useCallback(
    (problem) => {
      // A record may be older than the catalogue: the kind says less, but the same.
      const key = [problem.message, problem.kind].map((one) => `vendor-errors.${one}`).find((one) => all.has(one));
      return key === undefined ? t(`kind.${problem.kind}`) : all.markup(key, problem.params);
    },
    [all, t],
  );
}

/** What the vendor did differently from what was asked, in a sentence. */
export function useRemarkWords(): (remark: VendorRemark) => string {
  const all = useLoose();
  const t = useTranslations('onboarding');
  return useCallback(
    (remark) => {
      const key = `vendor-errors.remarks.${remark.message}`;
      return all.has(key) ? all.markup(key, remark.params) : t('record.meaning.createdBut');
    },
    [all, t],
  );
}

/** A vendor's rule about a field, in words. */
export function useFindingWords(): (finding: LintFinding) => string {
  const all = useLoose();
  const t = useTranslations('onboarding');
  return useCallback(
    (finding) => {
      const key = `lint.${finding.message}`;
      return all.has(key) ? all.markup(key, finding.params) : t('panel.ruleWithoutWords');
    },
    [all, t],
  );
}

/**
 * What a field is called on the form (`customer.<fact>`, `service.<field>`, `services.<index>.<field>` or a path of the
 * vendor's section); null when it has no name.
 */
export function useFieldWords(): (vendor: VendorKey, field: string | null) => string | null {
  const all = useLoose();
  return useCallback(
    (vendor, field) => {
      if (field === null) return null;
      const fact = /^customer\.(\w+)$/.exec(field)?.[1];
      const path = field.replace(/\.\d+(?=\.|$)/g, '');
      const own = /^services?\./.test(path) ? path.replace(/^services?\./, 'service.fields.') : `fields.${path}`;
      const key = fact === undefined ? `${vendor}.${own}.label` : `onboarding.facts.${fact}`;
      return all.has(key) ? all.markup(key) : null;
    },
    [all],
  );
}

/** What the vendor is called. */
export function useVendorName(): (vendor: VendorKey) => string {
  const t = useTranslations('onboarding');
  return (vendor) => t(`vendor.${vendor}`);
}
