'use client';

import { useTranslations } from 'next-intl';
import { Link } from '@/components/display/link';
import { Notice } from '@/components/display/notice';
import { focusField } from '@/components/onboarding/form/focus-field';
import classes from '@/components/onboarding/form/form.module.css';
import { useFieldWords, useProblemWords, useVendorName } from '@/components/onboarding/vendor-words';
import type { ServiceForm } from '@/lib/services/service-form';
import type { VendorKey } from '@/lib/vendors/vendor';

interface Props {
  retry: NonNullable<ServiceForm['retry']>;
  vendor: VendorKey;
}

/** What the vendor refused, when this form is to try it again; a field that it speaks of is one click away. */
export function ServiceRefusal({ retry: { problem, correlationId, attemptId }, vendor }: Props) {
  const t = useTranslations('services');
  const inWords = useProblemWords();
  const fieldWords = useFieldWords();
  const name = useVendorName()(vendor);
  const errors = problem?.fieldErrors ?? [];
  return (
    <div className={classes.notices}>
      <Notice kind="error" title={t('refusedTitle', { vendor: name })}>
        <p>{problem === null ? t('refusedUnknown') : inWords(problem)}</p>
        {errors.length > 0 && (
          <ul className={classes.list}>
            {errors.map(({ field, vendorField, messages }) => (
              <li key={`${field} ${vendorField} ${messages.join(' ')}`}>
                {field === null ? (
                  <span className="mono">{vendorField}</span>
                ) : (
                  <button type="button" className={classes.link} onClick={() => focusField(field)}>
                    {fieldWords(vendor, field) ?? vendorField ?? field}
                  </button>
                )}{' '}
                {messages.join(' ')}
              </li>
            ))}
          </ul>
        )}
        <p>
          <Link href={`/onboardings/${correlationId}?attempt=${attemptId}`}>{t('refusedRecord')}</Link>
        </p>
      </Notice>
    </div>
  );
}
