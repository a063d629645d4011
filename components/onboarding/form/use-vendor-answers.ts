'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { VendorAnswer } from '@/components/vendors/section-props';
import type { FormStart } from '@/lib/onboarding/form-start';

interface VendorAnswers {
  /** About shared facts; `field` is the fact. */
  readonly facts: readonly VendorAnswer[];
  /** About a vendor's own section, by connection id. */
  readonly sections: Readonly<Record<string, readonly VendorAnswer[]>>;
}

/** What vendors said about fields when they refused the attempts that this form tries again, in their own words. */
export function useVendorAnswers(start: FormStart): VendorAnswers {
  const t = useTranslations('onboarding');
  const { vendors, connections } = start;
  return useMemo(() => {
    const all = vendors.flatMap(({ connectionId, problem, corrected }) =>
      (problem?.fieldErrors ?? []).flatMap(({ field, messages }) => {
        // What was corrected since, in a draft of this retry, is not what the vendor speaks of.
        if (field === null || corrected.includes(field)) return [];
        const vendor = connections.find((connection) => connection.connectionId === connectionId)?.vendor;
        const words = messages.join(' ');
        const text =
          vendor === undefined || words === ''
            ? t('form.refusedField')
            : t('form.vendorSaid', { vendor: t(`vendor.${vendor}`), words });
        return [{ connectionId, field, text }];
      }),
    );
    const ofFacts = all.filter(({ field }) => field.startsWith('customer.'));
    return {
      facts: ofFacts.map(({ field, text }) => ({ field: field.replace('customer.', ''), text })),
      sections: Object.fromEntries(
        vendors.map(({ connectionId }) => [
          connectionId,
          all.filter((one) => one.connectionId === connectionId && !one.field.startsWith('customer.')),
        ]),
      ),
    };
  }, [vendors, connections, t]);
}
