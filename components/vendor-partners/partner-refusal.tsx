'use client';

import { useTranslations } from 'next-intl';
import { Link } from '@/components/display/link';
import { Notice } from '@/components/display/notice';
import { focusField } from '@/components/onboarding/form/focus-field';
import classes from '@/components/onboarding/form/form.module.css';
import { controlName } from '@/components/onboarding/form/lint-all';
import { useFieldWords, useProblemWords, useVendorName } from '@/components/onboarding/vendor-words';
import type { PartnerForm } from '@/lib/vendor-partners/partner-form';

interface Props {
  retry: NonNullable<PartnerForm['retry']>;
  connection: PartnerForm['connection'];
}

/** What the vendor refused, when this form is to try it again; a field that it speaks of is one click away. */
export function PartnerRefusal({ retry: { problem, correlationId, attemptId }, connection }: Props) {
  const t = useTranslations('vendor-partners.form');
  const inWords = useProblemWords();
  const fieldWords = useFieldWords();
  const { vendor, connectionId } = connection;
  const name = useVendorName()(vendor);
  const errors = problem?.fieldErrors ?? [];
  return (
    <Notice kind="error" title={t('refusedTitle', { vendor: name })}>
      <p>{problem === null ? t('refusedUnknown') : inWords(problem)}</p>
      {errors.length > 0 && (
        <ul className={classes.list}>
          {errors.map(({ field, vendorField, messages }) => (
            <li key={`${field} ${vendorField} ${messages.join(' ')}`}>
              {field === null ? (
                <span className="mono">{vendorField}</span>
              ) : (
                <button
                  type="button"
                  className={classes.link}
                  onClick={() => focusField(controlName(field, connectionId))}
                >
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
  );
}
