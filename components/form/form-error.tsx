'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { ActionFailure } from '@/lib/result';
import { announce } from '../display/announce';
import { Notice } from '../display/notice';
import { fieldId } from './field-id';
import classes from './form-error.module.css';

/** A failed action in words: what happened, whether it took effect, what to do. Takes the focus when it appears, unless a field does. */
export function FormError({ result }: { result: ActionFailure | null | undefined }) {
  const t = useTranslations('display.failure');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result === null || result === undefined) return;
    // Where a field of this page is at fault, the focus is that field's (applyFieldErrors); here it is only said.
    const onField = Object.keys(result.fields ?? {}).some((path) => document.getElementById(fieldId(path)) !== null);
    if (onField) announce(t(`${result.code}.title`));
    else box.current?.focus();
  }, [result, t]);
  if (result === null || result === undefined) return null;
  return (
    <div className={classes.error}>
      <Notice ref={box} kind="error" title={t(`${result.code}.title`)}>
        {result.code !== 'unexpected' && result.message !== undefined ? result.message : t(`${result.code}.text`)}
        {/* The id under which our log has it. */}
        {result.code === 'unexpected' && result.message !== undefined && <code> {result.message}</code>}
      </Notice>
    </div>
  );
}
